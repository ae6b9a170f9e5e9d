package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.client.Mesh;
import io.inmesh.control.push.PushCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that holds what it calls, against a whole control service with many services. */
class OnDemandTest {

    private static final int SERVICES = 50;

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestHeaders().getFirst("Host").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void write(String extra) throws IOException {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < SERVICES; i++) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: s%1$d, namespace: shop}
                    spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80}]}
                    ---
                    apiVersion: networking.istio.io/v1
                    kind: WorkloadEntry
                    metadata: {name: s%1$d, namespace: shop, labels: {security.istio.io/tlsMode: disabled}}
                    spec: {address: 127.0.0.1, labels: {app: s%1$d}, ports: {http: %2$d}}
                    """.formatted(i, server.getAddress().getPort()));
        }
        // Behind the others, whose lines clusters and routes name as their origin.
        yaml.append(extra);
        Path config = Files.createDirectories(folder.resolve("config"));
        Path next = folder.resolve("next.yaml");
        Files.writeString(next, yaml);
        Files.move(next, config.resolve("mesh.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.code() + " " + response.body().string();
        }
    }

    @Test
    void theFirstCallOfAHostBringsItAndNothingElse() throws Exception {
        write("");
        try (ControlService control = ControlService.builder()
                        .config(folder.resolve("config"))
                        .state(folder.resolve("state"))
                        .development(true)
                        .securePort(-1)
                        .plaintextPort(0)
                        .adminPort(-1)
                        .allowAny(false)
                        .start();
                MeshAgent agent = MeshAgent.builder()
                        .controlService(ControlAddress.plaintext("127.0.0.1", control.plaintextPort()))
                        .workload("shop", "client")
                        .ip("127.0.0.1")
                        .onDemand("80/s1.shop.svc.cluster.local")
                        .build()) {
            assertThat(control.awaitReady(Duration.ofSeconds(30))).isTrue();
            try (Mesh mesh = Mesh.builder().config(agent.configSource()).build()) {
                mesh.awaitReady(Duration.ofSeconds(20));
                OkHttpClient client = mesh.okHttp(new OkHttpClient());

                assertThat(get(client, "http://s7.shop/")).isEqualTo("200 s7.shop");
                assertThat(get(client, "http://s9/")).as("short name").isEqualTo("200 s9");
                assertThat(get(client, "http://s7.shop/")).isEqualTo("200 s7.shop");
                assertThat(get(client, "http://nowhere.shop/"))
                        .as("unknown, REGISTRY_ONLY")
                        .startsWith("502");

                assertThat(clusters(control))
                        .as("the warm one and those that were called")
                        .containsExactlyInAnyOrder(
                                "outbound|80||s1.shop.svc.cluster.local",
                                "outbound|80||s7.shop.svc.cluster.local",
                                "outbound|80||s9.shop.svc.cluster.local");

                PushCounts before = control.pushCounts();
                write(abort(7) + abort(8));
                await(() -> get(client, "http://s7.shop/").startsWith("418"));
                assertThat(control.pushCounts().since(before).answers())
                        .as("of two VirtualServices one is of a host that is called")
                        .isEqualTo(1);
                assertThat(get(client, "http://s8/")).startsWith("418");
            }
        }
    }

    private static String abort(int service) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: s%1$d, namespace: shop}
                spec:
                  hosts: [s%1$d]
                  http:
                  - fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
                    route: [{destination: {host: s%1$d}}]
                """.formatted(service);
    }

    private static List<String> clusters(ControlService control) {
        return control.clients().get(0).subscriptions().stream()
                .filter(subscription -> subscription.type().name().equals("CDS"))
                .flatMap(subscription -> subscription.names().stream())
                .filter(name -> name.startsWith("outbound|"))
                .toList();
    }

    private interface Check {
        boolean holds() throws IOException;
    }

    private static void await(Check check) throws IOException, InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!check.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(limit);
            Thread.sleep(20);
        }
    }
}

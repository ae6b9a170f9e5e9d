package io.inmesh.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.inmesh.client.Mesh;
import io.inmesh.control.app.OfflineControl;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What does a call cost its caller's thread, through the mesh with a route's timeout and retries, beside OkHttp alone? Plaintext, 1 KB. */
final class ClientCpuReport {

    private static final double LIMIT = 1.03;
    private static final double BOUND = 1.06;
    private static final int ROUNDS = Integer.getInteger("rounds", 60);
    private static final int BLOCK = Integer.getInteger("block", 2_000);

    private static final String CONFIG = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: called, namespace: shop}
            spec:
              hosts: [called.example.com]
              location: MESH_INTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP, targetPort: %d}]
              endpoints: [{address: 127.0.0.1}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: called, namespace: shop}
            spec:
              hosts: [called.example.com]
              http: [{timeout: 10s, retries: {attempts: 2}, route: [{destination: {host: called.example.com}}]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: called, namespace: shop}
            spec: {host: called.example.com, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}}}
            """;

    private ClientCpuReport() {}

    /** Prints the measurement and, last, the verdict. */
    public static void main(String[] args) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = answering(threads);
        int port = server.getAddress().getPort();
        OkHttpClient bare = new OkHttpClient();
        Request alone = new Request.Builder()
                .url("http://127.0.0.1:" + port + "/x")
                .header("x-envoy-attempt-count", "1")
                .header("x-envoy-expected-rq-timeout-ms", "10000")
                .header("x-forwarded-proto", "http")
                .header("x-request-id", "5a8f4f5e-7d1e-4b7e-9f57-0f3e8f1c2b3a")
                .build();
        Request through =
                new Request.Builder().url("http://called.example.com/x").build();
        try (Mesh mesh = Mesh.builder().config(source(port)).build()) {
            mesh.awaitReady(Duration.ofSeconds(10));
            OkHttpClient meshed = mesh.okHttp(new OkHttpClient());
            report(Paired.measure(() -> call(bare, alone), () -> call(meshed, through), ROUNDS, BLOCK));
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static void report(Paired paired) {
        System.out.printf(
                Locale.ROOT,
                "OkHttp alone %.1f us of its caller's CPU a call, the mesh %.3f times (at most %.3f; A/A %.3f%s); %.0f bytes, alone %.0f%n",
                paired.nanosOfFirst() / 1000,
                paired.ratio(),
                paired.upper(),
                paired.control(),
                paired.valid() ? "" : ", void",
                paired.bytesOfSecond(),
                paired.bytesOfFirst());
        boolean ok = paired.valid() && paired.ratio() <= LIMIT && paired.upper() <= BOUND;
        System.out.println(new Verdict("client-cpu", paired.ratio(), LIMIT, "times OkHttp alone", ok).json());
    }

    private static void call(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IllegalStateException("The server did not answer: " + response);
            }
            response.body().byteStream().skipNBytes(1024);
        }
    }

    private static HttpServer answering(ExecutorService threads) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1024);
            exchange.getResponseBody().write(new byte[1024]);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static ConfigSource source(int port) {
        OfflineControl control = OfflineControl.of(ConfigSnapshot.ofYaml("called.yaml", CONFIG.formatted(port)));
        XdsResources resources = control.resources(control.workload("shop", "caller"));
        return new ConfigSource() {
            @Override
            public void start(Consumer<XdsResources> listener) {
                listener.accept(resources);
            }

            @Override
            public void close() {}
        };
    }
}

package io.inmesh.spring.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.Deadline;
import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.reactor.ReactorMesh;
import io.inmesh.spring.clients.ClientUnderTest.Answer;
import io.inmesh.spring.clients.ClientUnderTest.Ask;
import io.inmesh.spring.functional.EmbeddedMesh;
import io.inmesh.spring.functional.TwoApplications;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The same questions to every client that the mesh carries; the answers must be the same. */
class ClientConformanceTest {

    private static final String SERVICE = """
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: %1$s, namespace: shop}
            spec:
              hosts: [%1$s.test]
              location: MESH_EXTERNAL
              resolution: STATIC
              ports: [{number: 80, name: http, protocol: HTTP}]
              endpoints: [%2$s]
            """;
    private static final String EJECTING = """
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: %1$s, namespace: shop}
            spec:
              host: %1$s.test
              trafficPolicy:
                outlierDetection: {consecutive5xxErrors: 1, interval: 1h, baseEjectionTime: 1h, maxEjectionPercent: 100}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: %1$s, namespace: shop}
            spec:
              hosts: [%1$s.test]
              http: [{route: [{destination: {host: %1$s.test}}], retries: {attempts: 0}}]
            """;
    private static final String HTTP2 = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: callee-http2, namespace: shop}
            spec:
              selector: {app: callee}
              ports: [{name: http2, port: 80, targetPort: http}]
            """;
    private static final String ENDPOINT = "{address: 127.0.0.1, ports: {http: %d}}";
    private static final String POLICIES = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: never, namespace: shop}
            spec:
              hosts: [never.test]
              http: [{route: [{destination: {host: never.test}}], retries: {attempts: 0}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: impatient, namespace: shop}
            spec:
              hosts: [impatient.test]
              http:
              - route: [{destination: {host: impatient.test}}]
                retries: {attempts: 1, perTryTimeout: 700ms, retryOn: "5xx,reset"}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: retried, namespace: shop}
            spec:
              hosts: [retried.test]
              http:
              - route: [{destination: {host: retried.test}}]
                retries: {attempts: 1, retryOn: "5xx,reset"}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: bounded, namespace: shop}
            spec:
              hosts: [bounded.test]
              http: [{route: [{destination: {host: bounded.test}}], timeout: 400ms, retries: {attempts: 0}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: faulty, namespace: shop}
            spec:
              hosts: [faulty.test]
              http:
              - route: [{destination: {host: faulty.test}}]
                fault: {abort: {httpStatus: 418, percentage: {value: 100}}}
            """;

    @TempDir
    private static Path folder;

    private static EmbeddedMesh control;
    private static Upstream upstream;
    private static SilentServer silent;
    private static ConfigurableApplicationContext caller;
    private static final Map<Clients, ClientUnderTest> CLIENTS = new EnumMap<>(Clients.class);

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream();
        StringBuilder policies = new StringBuilder(POLICIES).append(HTTP2);
        for (String name : List.of("plain", "never", "retried", "impatient", "bounded", "faulty")) {
            policies.append(SERVICE.formatted(name, ENDPOINT.formatted(upstream.port())));
        }
        for (Clients client : Clients.values()) {
            String name = ejecting(client);
            policies.append(SERVICE.formatted(name, ENDPOINT.formatted(upstream.port())));
            policies.append(EJECTING.formatted(name));
        }
        silent = new SilentServer();
        policies.append(SERVICE.formatted("silent", ENDPOINT.formatted(silent.port())));
        policies.append(SERVICE.formatted("empty", ""));
        control = new EmbeddedMesh(folder, policies.substring("---\n".length()));
        ConfigurableApplicationContext callee =
                control.start(TwoApplications.Callee.class, "callee", freePort(), "--mesh.workload.group=callee");
        assertThat(callee.isRunning()).isTrue();
        caller = control.start(TwoApplications.Caller.class, "caller", 0);
        Mesh mesh = caller.getBean(Mesh.class);
        for (Clients client : Clients.values()) {
            CLIENTS.put(client, client.in(mesh, caller));
        }
        await("http://callee/whoami");
    }

    @AfterAll
    static void stop() throws IOException {
        silent.close();
        upstream.close();
        control.close();
    }

    private static void await(String url) throws IOException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (CLIENTS.get(Clients.OKHTTP).call(Ask.get(url)).status() != 200 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static Answer get(Clients client, String url) throws IOException {
        return CLIENTS.get(client).call(Ask.get(url));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A path that no other test has asked for. */
    private static String fresh(String what) {
        return "/" + what + "/" + UUID.randomUUID();
    }

    @ParameterizedTest
    @EnumSource
    void withoutAPolicyACallPassesThrough(Clients client) throws Exception {
        Answer answer =
                CLIENTS.get(client).call(Ask.post("http://plain.test/echo", "hello".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(upstream.last.getHeaders().get("Host")).isEqualTo("plain.test");
    }

    @ParameterizedTest
    @EnumSource
    void anUpstreamsErrorIsItsAnswer(Clients client) throws Exception {
        String path = fresh("broken");

        Answer answer = get(client, "http://never.test" + path);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("broken");
        assertThat(upstream.count(path)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aHostOutsideTheMeshIsTheClientsOwnAffair(Clients client) throws Exception {
        Answer answer = get(client, "http://127.0.0.1:" + upstream.port() + "/echo");

        String agent = answer.headers().get("x-agent").get(0);
        boolean okHttps = client == Clients.OKHTTP || client == Clients.RETROFIT;
        assertThat(agent.startsWith("okhttp/")).as(agent).isEqualTo(okHttps);
        assertThat(upstream.last.getHeaders().get("x-envoy-attempt-count")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aStatusIsRetried(Clients client) throws Exception {
        String path = fresh("flaky");

        assertThat(get(client, "http://retried.test" + path).text()).isEqualTo("at last");
        assertThat(upstream.count(path)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenConnectionIsAFailureAndIsRetried(Clients client) throws Exception {
        String path = fresh("cut");

        assertThat(get(client, "http://retried.test" + path).text()).isEqualTo("after a cut");
        assertThat(upstream.count(path)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptHasItsOwnLimit(Clients client) throws Exception {
        String path = fresh("slow");

        assertThat(get(client, "http://impatient.test" + path).text()).isEqualTo("quick");
        assertThat(upstream.count(path)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void theRoutesTimeoutIsALocalReply(Clients client) throws Exception {
        Answer answer = get(client, "http://bounded.test" + fresh("hangs"));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text()).isEqualTo("upstream request timeout");
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsInjected(Clients client) throws Exception {
        String path = fresh("echo");

        Answer answer = get(client, "http://faulty.test" + path);

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.text()).isEqualTo("fault filter abort");
        assertThat(upstream.count(path)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aServiceWithoutEndpointsIsALocalReply(Clients client) throws Exception {
        Answer answer = get(client, "http://empty.test/echo");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("no healthy upstream");
    }

    @ParameterizedTest
    @EnumSource
    void callsCarryTheCallersIdentity(Clients client) throws Exception {
        assertThat(get(client, "http://callee/whoami").text())
                .isEqualTo("spiffe://cluster.local/ns/shop/sa/caller securely");
    }

    @ParameterizedTest
    @EnumSource
    void aServiceOfHttp2IsSpokenToInHttp2(Clients client) throws Exception {
        assertThat(get(client, "http://callee-http2/protocol").text()).isEqualTo("HTTP/2.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"WEB_CLIENT", "CREATED_WEB_CLIENT"})
    void theDeadlineInReactorsContextBoundsACall(Clients client) {
        String bean = client == Clients.WEB_CLIENT ? "builtReactive" : "createdReactive";
        Deadline soon = new Deadline(System.nanoTime() + Duration.ofMillis(300).toNanos());
        Integer status = caller.getBean(bean, WebClient.class)
                .get()
                .uri("http://plain.test" + fresh("hangs"))
                .exchangeToMono(response -> Mono.just(response.statusCode().value()))
                .contextWrite(context -> context.put(ReactorMesh.DEADLINE, soon))
                .block();

        assertThat(status).isEqualTo(504);
    }

    @ParameterizedTest
    @EnumSource
    void redirectsAreFollowed(Clients client) throws Exception {
        if (client == Clients.FEIGN || client == Clients.CREATED_WEB_CLIENT) {
            return; // Feign's options say whether; Reactor Netty does not by itself
        }
        Answer answer = get(client, "http://plain.test/moved");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(upstream.last.getUrl().encodedPath()).isEqualTo("/echo/arrived");
    }

    @ParameterizedTest
    @EnumSource
    void largeBodiesGoBothWays(Clients client) throws Exception {
        assertThat(get(client, "http://plain.test/large").body()).hasSize(Upstream.LARGE);

        byte[] body = new byte[Upstream.LARGE];
        java.util.Arrays.fill(body, (byte) 'x');
        assertThat(CLIENTS.get(client)
                        .call(Ask.post("http://plain.test/echo", body))
                        .body())
                .hasSize(Upstream.LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void bodiesStream(Clients client) throws Exception {
        boolean early = CLIENTS.get(client).exchange(Ask.get("http://plain.test/trickle"), (status, headers, body) -> {
            long begin = System.nanoTime();
            body.readNBytes(1);
            long first = System.nanoTime();
            assertThat(body.readAllBytes()).hasSize(64 * 1024 - 1);
            return first - begin < System.nanoTime() - first;
        });

        assertThat(early).as("the first byte is there long before the last").isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void headersOfOneNameStaySeveral(Clients client) throws Exception {
        Ask ask = new Ask(
                "GET",
                "http://plain.test/duplicates",
                List.of(Map.entry("x-asked", "a"), Map.entry("x-asked", "b")),
                new byte[0]);

        Answer answer = CLIENTS.get(client).call(ask);

        assertThat(answer.headers().get("x-twice")).containsExactly("one", "two");
        assertThat(answer.text()).isEqualTo("a|b");
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallLeavesTheWire(Clients client) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                get(client, "http://silent.test/");
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
        });
        caller.start();
        assertThat(silent.next()).isEqualTo("asked");

        caller.interrupt();

        assertThat(silent.next()).isEqualTo("ended");
        caller.join(20_000);
        assertThat(failure.get()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anEndpointThatFailsIsEjected(Clients client) throws Exception {
        String host = "http://" + ejecting(client) + ".test";

        assertThat(get(client, host + "/broken").text()).isEqualTo("broken");
        assertThat(get(client, host + "/echo").text()).isEqualTo("no healthy upstream");
    }

    private static String ejecting(Clients client) {
        return "ejecting-" + client.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

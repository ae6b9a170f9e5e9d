package io.inmesh.spring.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Instances of a service are replaced one by one while it is called; no call is lost, neither to an instance that leaves nor from one. No
 * policy helps: what remains of the race is refused connections, which Istio's default retries repeat.
 */
class RollingRestartTest {

    private static final String NOTHING_SAID = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            """;
    private static final String OVER_HTTP2 = """
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: callee, namespace: shop}
            spec:
              host: callee
              trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: UPGRADE}}}
            """;
    private static final int CALLERS = 2;
    private static final int CALLS_BETWEEN = 100;

    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void noCallIsLost(@TempDir Path folder) throws Exception {
        restartUnderLoad(folder, NOTHING_SAID, List.of("three", "four"));
    }

    @Test
    void noCallIsLostOverHttp2(@TempDir Path folder) throws Exception {
        restartUnderLoad(folder, NOTHING_SAID + OVER_HTTP2, List.of("three"));
    }

    private void restartUnderLoad(Path folder, String policies, List<String> replacements) throws Exception {
        try (EmbeddedMesh mesh = new EmbeddedMesh(folder, policies)) {
            Deque<ConfigurableApplicationContext> instances = new ArrayDeque<>();
            instances.add(callee(mesh, "one"));
            instances.add(callee(mesh, "two"));
            RestClient client =
                    mesh.start(TwoApplications.Caller.class, "caller", 0).getBean("created", RestClient.class);
            awaitAnswer(client);
            List<Thread> callers = callers(client);

            for (String next : replacements) {
                awaitCalls(answered.get() + CALLS_BETWEEN);
                instances.add(callee(mesh, next));
                awaitCalls(answered.get() + CALLS_BETWEEN);
                instances.remove().close();
            }
            awaitCalls(answered.get() + CALLS_BETWEEN);

            over.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(lost).isEmpty();
        assertThat(answered.get()).isGreaterThanOrEqualTo((2 * replacements.size() + 1) * CALLS_BETWEEN);
    }

    private static ConfigurableApplicationContext callee(EmbeddedMesh mesh, String name) throws IOException {
        return mesh.startInstance(
                Relay.class,
                "callee",
                "callee-" + name,
                freePort(),
                "--mesh.workload.group=callee",
                "--mesh.shutdown-delay=300ms");
    }

    private List<Thread> callers(RestClient client) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Thread caller = new Thread(() -> call(client));
            callers.add(caller);
            caller.start();
        }
        return callers;
    }

    private void call(RestClient client) {
        while (!over.get()) {
            try {
                String answer = answer(client);
                if (answer.startsWith("200 ")) {
                    answered.incrementAndGet();
                } else {
                    lost.add(answer);
                }
            } catch (RestClientException e) {
                lost.add(e.toString());
            }
        }
    }

    private static String answer(RestClient client) {
        return client.get()
                .uri("http://callee/relay")
                .exchange((request, response) -> response.getStatusCode().value() + " "
                        + new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void awaitAnswer(RestClient client) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!answer(client).startsWith("200 ") && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void awaitCalls(int wanted) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (answered.get() < wanted && lost.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Answers a call by one of its own to the same service, whichever instance that meets. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Relay {

        private final RestClient client;

        Relay(RestClient.Builder client) {
            this.client = client.build();
        }

        @GetMapping("/relay")
        String relay() {
            return client.get().uri("http://callee/end").retrieve().body(String.class);
        }

        @GetMapping("/end")
        String end() {
            return "the end";
        }
    }
}

package io.inmesh.spring.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** With {@code spring.threads.virtual.enabled} both sides run on virtual threads, and no carrier is held while one of them waits. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsTest {

    private static final String STRICT = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            """;
    private static final int CALLS = 64;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Callee {

        /** Long enough for calls to wait for one another. */
        @GetMapping("/thread")
        String thread() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            return Thread.currentThread().toString();
        }
    }

    @Test
    void callsAndHandlersArePinnedToNoCarrier(@TempDir Path folder) throws Exception {
        try (EmbeddedMesh mesh = new EmbeddedMesh(folder, STRICT);
                Recording recording = new Recording()) {
            mesh.start(
                    Callee.class,
                    "callee",
                    freePort(),
                    "--mesh.workload.group=callee",
                    "--spring.threads.virtual.enabled=true");
            RestClient client =
                    mesh.start(TwoApplications.Caller.class, "caller", 0).getBean("built", RestClient.class);
            awaitAnswer(client);
            callAtOnce(() -> call(client)); // the first time waits for classes of the JDK to be initialised
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ofMillis(5))
                    .withStackTrace();
            recording.start();

            List<String> answers = callAtOnce(() -> call(client));

            recording.stop();
            Path file = folder.resolve("pinned.jfr");
            recording.dump(file);
            assertThat(answers).hasSize(CALLS).allMatch(answer -> answer.startsWith("VirtualThread["));
            List<RecordedEvent> ours = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> String.valueOf(event.getStackTrace()).contains("io.inmesh"))
                    .toList();
            assertThat(ours).isEmpty();
        }
    }

    /** The JDK that this is compiled for does not know them. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static List<String> callAtOnce(Callable<String> call) throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(threads.submit(call));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> each : calls) {
                answers.add(each.get(20, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String call(RestClient client) {
        return client.get()
                .uri("http://callee/thread")
                .exchange((request, response) -> new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void awaitAnswer(RestClient client) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!call(client).contains("Thread[") && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

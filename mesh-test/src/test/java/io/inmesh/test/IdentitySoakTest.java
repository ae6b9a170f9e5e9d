package io.inmesh.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.MeshAgentBuilder;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.Mesh;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.control.app.ControlService;
import io.inmesh.control.serve.ca.RootRotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten clients call a STRICT server 200 times a second while every certificate turns over again and again, the mesh's root turns over in its
 * three steps, and the CA is away for a while. Nothing may fail. {@code -Dmesh.soak.seconds=600} makes it ten minutes with certificates of
 * one minute; by itself it is short.
 */
class IdentitySoakTest {

    private static final int SECONDS = Integer.getInteger("mesh.soak.seconds", 40);
    private static final Duration LIFE = Duration.ofSeconds(Math.max(16, SECONDS / 10));
    private static final int CLIENTS = 10;
    private static final int CALLS_A_SECOND = 200;
    private static final TrustDomain DOMAIN = new TrustDomain("cluster.local");

    private static final String CONFIG = """
            apiVersion: v1
            kind: Service
            metadata: {name: server, namespace: shop}
            spec: {clusterIP: 10.0.0.10, selector: {app: server}, ports: [{name: http, port: 80, targetPort: %1$d}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: server, namespace: shop}
            spec:
              address: 127.0.0.1
              serviceAccount: server
              labels: {app: server, security.istio.io/tlsMode: istio}
              ports: {http: %1$d}
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            """;

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger identities = new AtomicInteger();
    private ControlService control;

    @AfterEach
    void stop() throws Exception {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
        control.close();
    }

    @Test
    void noCallIsLostWhileCertificatesAndRootTurnOverAndTheCaIsAway() throws Exception {
        IgnoredServerName.require();
        int serverPort = SoakServer.freePort();
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/mesh.yaml"), CONFIG.formatted(serverPort));
        control = start(0);
        SoakServer server = new SoakServer(serverPort, member("server").inbound());
        closing.push(server);
        ScheduledExecutorService load = Executors.newScheduledThreadPool(CLIENTS);
        closing.push(load::shutdownNow);
        begin(load);

        RootRotation rotation = new RootRotation(folder.resolve("state"), DOMAIN, MeshClock.system());
        passes(0.2);
        rotation.add();
        passes(0.2);
        rotation.signWithNew();
        passes(0.2);
        rotation.removeOld();
        passes(0.2);
        int port = control.securePort();
        control.close();
        TimeUnit.MILLISECONDS.sleep(LIFE.toMillis() / 4);
        control = start(port);
        passes(0.2);
        load.shutdown();
        assertThat(load.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        System.out.printf(
                "soak: %d s, %d calls answered, %d identities, %d lost%n",
                SECONDS, answered.get(), identities.get(), lost.size());
        assertThat(lost).isEmpty();
        assertThat(answered.get()).isGreaterThan(SECONDS * CALLS_A_SECOND / 2);
        assertThat(server.requests()).isGreaterThanOrEqualTo(answered.get());
        long expected = (CLIENTS + 1) * Duration.ofSeconds(SECONDS).dividedBy(LIFE.dividedBy(2));
        assertThat(identities.get())
                .as("every member renews at half of its life")
                .isGreaterThan((int) (expected * 0.7));
    }

    private void passes(double share) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (SECONDS * 1000 * share));
        assertThat(lost).isEmpty();
    }

    private void begin(ScheduledExecutorService load) throws Exception {
        long everyMicros = TimeUnit.SECONDS.toMicros(CLIENTS) / CALLS_A_SECOND;
        for (int i = 0; i < CLIENTS; i++) {
            OkHttpClient client = member("client" + i).okHttp(new OkHttpClient());
            var unused = load.scheduleAtFixedRate(() -> call(client), 0, everyMicros, TimeUnit.MICROSECONDS);
        }
    }

    private void call(OkHttpClient client) {
        try (Response response = client.newCall(
                        new Request.Builder().url("http://server/x").build())
                .execute()) {
            if (response.code() == 200) {
                answered.incrementAndGet();
            } else {
                lost.add(response.code() + " " + response.body().string());
            }
        } catch (IOException e) {
            lost.add(e.toString());
        }
    }

    private Mesh member(String account) throws Exception {
        MeshAgentBuilder builder = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), control.rootFile()))
                .workload("shop", account)
                .instance(account)
                .label("app", account)
                .ip("127.0.0.1")
                .tokenFile(control.bootstrapToken("shop", account))
                .stateDirectory(folder.resolve(account));
        MeshAgent agent = builder.build();
        agent.identitySource().start(identity -> identities.incrementAndGet());
        Mesh mesh = Mesh.builder()
                .config(agent.configSource())
                .identity(agent.identitySource())
                .build();
        closing.push(agent);
        closing.push(mesh);
        mesh.awaitReady(Duration.ofSeconds(30));
        return mesh;
    }

    private ControlService start(int port) throws Exception {
        ControlService started = ControlService.builder()
                .config(folder.resolve("config"))
                .state(folder.resolve("state"))
                .securePort(port)
                .adminPort(-1)
                .certificateLife(LIFE, LIFE)
                .development(true)
                .start();
        assertThat(started.awaitReady(Duration.ofSeconds(30))).isTrue();
        return started;
    }
}

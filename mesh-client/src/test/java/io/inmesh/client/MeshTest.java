package io.inmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.client.adapter.okhttp.MeshOutcome;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshTest {

    @TempDir
    private Path folder;

    private static final Request REVIEWS =
            new Request.Builder().url("http://reviews:9080/reviews/1").build();

    @Test
    void startsFromTheFilesOfAControlServicesAnswers() throws Exception {
        try (Mesh mesh = Mesh.builder().files(capture("reviews-client")).build()) {
            mesh.awaitReady(Duration.ZERO);
            Explanation explanation = mesh.explain(REVIEWS);

            assertThat(explanation.verdict()).isEqualTo("forward");
            assertThat(explanation.istioConfig()).contains("virtual-service/");
            assertThat(explanation.clusters())
                    .extracting(Explanation.Destination::cluster)
                    .allMatch(name -> name.startsWith("outbound|9080|"));
            assertThat(mesh.state().health()).isEqualTo(MeshState.Health.UP);
            assertThat(mesh.state().versions().get("Cluster")).isNotEmpty();
        }
    }

    @Test
    void socketsThatTheMeshDoesNotProtectAreNamed() throws Exception {
        assumeThat(Files.exists(Path.of("/proc/self/net/tcp"))).isTrue();
        try (Mesh mesh = Mesh.builder()
                        .files(capture("httpbin-server-strict"))
                        .adminPort(0)
                        .build();
                ServerSocket debugging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket probes = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(mesh.state().exposed()).as("nobody is called here").isEmpty();
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder.toString());
            Connector connector = MeshTomcat.connector(0, mesh.inbound());
            tomcat.setConnector(connector);
            tomcat.start();
            mesh.leaveOpen(probes.getLocalPort());

            List<String> exposed = mesh.state().exposed().orElseThrow();

            tomcat.stop();
            tomcat.destroy();
            assertThat(exposed)
                    .contains("127.0.0.1:" + debugging.getLocalPort())
                    .noneMatch(socket -> socket.endsWith(":" + probes.getLocalPort()))
                    .noneMatch(socket -> socket.endsWith(":" + connector.getLocalPort()))
                    .noneMatch(socket -> socket.endsWith(":" + mesh.adminPort().orElseThrow()));
        }
    }

    @Test
    void anIdentityFromADirectoryTurnsOverWithTheDirectory() throws Exception {
        TestPki pki = TestPki.create();
        write(pki.identity("default", "httpbin"));
        try (Mesh mesh = Mesh.builder()
                .files(capture("httpbin-server-strict"))
                .identityFiles(folder)
                .build()) {
            mesh.awaitReady(Duration.ofSeconds(10));
            assertThat(mesh.state().identity()).contains("spiffe://cluster.local/ns/default/sa/httpbin");

            write(pki.identity("default", "frontend"));
            for (int i = 0; i < 1000 && mesh.state().identity().orElseThrow().endsWith("httpbin"); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            assertThat(mesh.state().identity()).contains("spiffe://cluster.local/ns/default/sa/frontend");
        }
    }

    private void write(WorkloadIdentity identity) throws IOException {
        Files.writeString(folder.resolve("key.pem"), Pem.privateKey(identity.key()));
        Files.writeString(folder.resolve("cert-chain.pem"), Pem.certificates(identity.chain()));
        Files.writeString(folder.resolve("root-cert.pem"), Pem.certificates(identity.trustBundle()));
    }

    @Test
    void aClusterThatRequiresMutualTlsIsNotCalledWithoutAnIdentity() throws Exception {
        try (Mesh mesh =
                        Mesh.builder().files(capture("reviews-timeouts-client")).build();
                Response response =
                        mesh.okHttp(new OkHttpClient()).newCall(REVIEWS).execute()) {
            assertThat(response.code()).isEqualTo(503);
            MeshOutcome outcome = MeshOutcome.of(response).orElseThrow();
            assertThat(outcome.flags()).contains(ResponseFlag.UF);
            assertThat(outcome.cause()).hasMessageContaining("the workload has no identity yet");
        }
    }

    @Test
    void callsWaitForTheFirstConfigurationAndThenFailTyped() throws Exception {
        Delivery source = new Delivery();
        try (Mesh mesh = Mesh.builder()
                .config(source)
                .readyTimeout(Duration.ofMillis(50))
                .build()) {
            assertThat(mesh.state().health()).isEqualTo(MeshState.Health.DOWN);
            assertThatThrownBy(() ->
                            mesh.okHttp(new OkHttpClient()).newCall(REVIEWS).execute())
                    .isInstanceOf(MeshNotReadyException.class);
            assertThatThrownBy(() -> mesh.awaitReady(Duration.ofMillis(1)))
                    .isInstanceOf(MeshNotReadyException.class)
                    .hasMessageContaining("clusters not received");
        }
        assertThat(source.closed).isTrue();
    }

    @Test
    void anIncompleteConfigurationLeavesTheLastGoodOneInEffect() {
        Delivery source = new Delivery();
        XdsResources[] complete = new XdsResources[1];
        new io.inmesh.xds.state.FileConfigSource(capture("reviews-client")).start(resources -> complete[0] = resources);
        try (Mesh mesh = Mesh.builder().config(source).build()) {
            source.consumer.accept(complete[0]);
            assertThat(mesh.explain(REVIEWS).verdict()).isEqualTo("forward");

            source.consumer.accept(XdsResources.EMPTY);
            assertThat(mesh.explain(REVIEWS).verdict()).isEqualTo("forward");
        }
    }

    @Test
    void withNothingConfiguredEverythingPassesThrough() throws Exception {
        OkHttpClient client = new OkHttpClient();
        try (Mesh mesh = Mesh.builder().build();
                MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body("plain").build());
            server.start();
            mesh.awaitReady(Duration.ZERO);

            assertThat(mesh.configured()).isFalse();
            assertThat(mesh.okHttp(client)).isSameAs(client);
            assertThat(mesh.state().health()).isEqualTo(MeshState.Health.UP);
        }
    }

    @Test
    void settingsThatCannotTakeEffectFailTheStartWithASentence() {
        IdentitySource identity = new FixedIdentity(TestPki.create().identity("a", "b"));

        assertThatThrownBy(() -> Mesh.builder().identity(identity).build())
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("no source of configuration");
        assertThatThrownBy(() -> Mesh.builder().files(Path.of("no/such/folder")).build())
                .isInstanceOf(MeshConfigurationException.class);
    }

    @Test
    void stateTellsOfTheIdentityAndItsEnd() {
        WorkloadIdentity identity = TestPki.create().identity("shop", "web");
        try (Mesh mesh = Mesh.builder()
                .files(capture("reviews-client"))
                .identity(new FixedIdentity(identity))
                .build()) {
            assertThat(mesh.state().identity()).contains("spiffe://cluster.local/ns/shop/sa/web");
            assertThat(mesh.state().identityNotAfter()).contains(identity.notAfter());
        }
    }

    private static Path capture(String name) {
        return Peers.shared("istiod-captures").resolve(name);
    }

    /** Delivers what the test says. */
    private static final class Delivery implements ConfigSource {

        private Consumer<XdsResources> consumer = resources -> {};
        private boolean closed;

        @Override
        public void start(Consumer<XdsResources> listener) {
            consumer = listener;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** One identity for ever. */
    private record FixedIdentity(WorkloadIdentity identity) implements IdentitySource {

        @Override
        public void start(Consumer<WorkloadIdentity> consumer) {
            consumer.accept(identity);
        }

        @Override
        public void close() {}
    }
}

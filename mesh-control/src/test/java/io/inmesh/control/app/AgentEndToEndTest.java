package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.MeshAgentBuilder;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.state.XdsResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent against a whole control service over TLS on loopback. */
class AgentEndToEndTest {

    private static final String CONFIG = """
            apiVersion: v1
            kind: Service
            metadata: {name: reviews, namespace: shop}
            spec:
              clusterIP: 10.0.0.10
              selector: {app: reviews}
              ports: [{name: http, port: 9080, targetPort: 9080}]
            """;

    @TempDir
    Path folder;

    private final BlockingQueue<WorkloadIdentity> identities = new LinkedBlockingQueue<>();
    private final BlockingQueue<XdsResources> resources = new LinkedBlockingQueue<>();

    @Test
    void aRestartWithoutControlServiceServesFromDiskWithinASecond() throws Exception {
        int port = firstRun();
        identities.clear();
        resources.clear();
        long begun = System.nanoTime();
        try (MeshAgent restarted =
                agent(port, folder.resolve("state/ca/root-cert.pem")).build()) {
            restarted.identitySource().start(identities::add);
            restarted.configSource().start(resources::add);
            WorkloadIdentity identity = identities.poll(10, TimeUnit.SECONDS);
            XdsResources kept = resources.poll(10, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            assertThat(identity).isNotNull();
            assertThat(identity.id().uri()).isEqualTo("spiffe://cluster.local/ns/shop/sa/reviews");
            assertThat(kept).isNotNull();
            assertThat(kept.complete()).isTrue();
            assertThat(kept.clusters().byName()).containsKey("outbound|9080||reviews.shop.svc.cluster.local");
            assertThat(restarted.configStatus().fromDisk()).isTrue();
        }
    }

    @Test
    void withoutItsKeyOnDiskOnlyTheIdentityHasToWait() throws Exception {
        int port = firstRun();
        identities.clear();
        resources.clear();
        try (MeshAgent restarted = agent(port, folder.resolve("state/ca/root-cert.pem"))
                .persistKey(false)
                .build()) {
            assertThat(folder.resolve("agent/identity/identity")).doesNotExist();
            restarted.identitySource().start(identities::add);
            restarted.configSource().start(resources::add);
            assertThat(resources.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(identities).isEmpty();
        }
    }

    /** The control service is there for as long as it takes to get everything and to have it on disk; its port is told. */
    private int firstRun() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("mesh.yaml"), CONFIG);
        try (ControlService control = ControlService.builder()
                .config(config)
                .state(folder.resolve("state"))
                .securePort(0)
                .adminPort(-1)
                .development(true)
                .start()) {
            assertThat(control.awaitReady(Duration.ofSeconds(30))).isTrue();
            assertThat(control.bootstrapToken("shop", "reviews"))
                    .isEqualTo(folder.resolve("state/tokens/shop/reviews/token"));
            try (MeshAgent agent =
                    agent(control.securePort(), control.rootFile()).build()) {
                agent.identitySource().start(identities::add);
                agent.configSource().start(resources::add);
                assertThat(identities.poll(30, TimeUnit.SECONDS)).isNotNull();
                XdsResources last = resources.poll(30, TimeUnit.SECONDS);
                while (last != null && !last.complete()) {
                    last = resources.poll(30, TimeUnit.SECONDS);
                }
                assertThat(last).isNotNull();
                assertThat(agent.configStatus().connected()).isTrue();
            }
            return control.securePort();
        }
    }

    private MeshAgentBuilder agent(int port, Path root) {
        return MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", port, root))
                .workload("shop", "reviews")
                .label("app", "reviews")
                .ip("127.0.0.1")
                .tokenFile(folder.resolve("state/tokens/shop/reviews/token"))
                .stateDirectory(folder.resolve("agent"));
    }
}

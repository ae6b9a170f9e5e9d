package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.agent.AgentProcess;
import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.WorkloadIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own, for a node with two workloads: each gets its identity at its socket, and no other. */
@EnabledOnOs(OS.LINUX)
class NodeAgentTest {

    @TempDir
    Path folder;

    @Test
    void eachSocketHasOneWorkloadsIdentity() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        try (ControlService control = ControlService.builder()
                .config(config)
                .state(folder.resolve("state"))
                .securePort(0)
                .adminPort(-1)
                .development(true)
                .start()) {
            assertThat(control.awaitReady(Duration.ofSeconds(30))).isTrue();
            Path reviews = control.bootstrapToken("shop", "reviews");
            Path ratings = control.bootstrapToken("shop", "ratings");
            Path workloads = Files.writeString(folder.resolve("workloads"), """
                    shop reviews %s %s
                    shop ratings %s %s
                    """.formatted(
                            reviews, folder.resolve("reviews.sock"), ratings, folder.resolve("ratings.sock")));
            Process node = start(control, workloads);
            try {
                assertThat(identityAt(control, "reviews")).isEqualTo("spiffe://cluster.local/ns/shop/sa/reviews");
                assertThat(identityAt(control, "ratings")).isEqualTo("spiffe://cluster.local/ns/shop/sa/ratings");
            } finally {
                node.destroy();
                assertThat(node.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(folder.resolve("reviews.sock"))
                    .as("gone with the process")
                    .doesNotExist();
        }
    }

    private Process start(ControlService control, Path workloads) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        "--control=127.0.0.1:" + control.securePort(),
                        "--root=" + control.rootFile(),
                        "--workloads=" + workloads))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }

    /** As a JVM of the node has it: through an agent of its own that asks at the socket. */
    private String identityAt(ControlService control, String name) throws Exception {
        BlockingQueue<WorkloadIdentity> delivered = new LinkedBlockingQueue<>();
        try (MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), control.rootFile()))
                .workload("shop", name)
                .ip("127.0.0.1")
                .secretSocket(folder.resolve(name + ".sock"))
                .build()) {
            agent.identitySource().start(delivered::add);
            WorkloadIdentity identity = delivered.poll(40, TimeUnit.SECONDS);
            assertThat(identity)
                    .as(() -> "an identity at the socket; the agent says: " + log())
                    .isNotNull();
            return identity.id().uri();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("agent.log"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}

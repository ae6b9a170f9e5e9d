package io.inmesh.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.agent.NodeWorkloads.Workload;
import io.inmesh.api.error.MeshConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @TempDir
    Path folder;

    @Test
    void aWholeCommandLineMakesAnAgent() throws Exception {
        AgentOptions options = AgentOptions.parse(
                "--control",
                "[::1]:15012",
                "--root=" + folder.resolve("root.pem"),
                "--server-name",
                "istiod.istio-system.svc",
                "--namespace",
                "shop",
                "--service-account",
                "reviews",
                "--trust-domain",
                "example.org",
                "--token",
                "t",
                "--state",
                folder.resolve("state").toString(),
                "--output",
                "out");
        assertThat(options.output()).hasValue(Path.of("out"));
        try (MeshAgent agent = options.agents().get(0).build()) {
            assertThat(agent.identityStatus().notAfter()).isEmpty();
            assertThat(agent.configStatus().connected()).isFalse();
        }
        assertThat(folder.resolve("state/identity")).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "control",
                "--control",
                "--control a",
                "--control a:b --namespace n --service-account s",
                "--control a:99999 --namespace n --service-account s",
                "--control a:1 --control b:2",
                "--no-such x",
                "--control a:1 --service-account s",
                "--control a:1 --namespace n",
            })
    void whatCannotBeUnderstoodIsSaid(String line) throws Exception {
        assertThatThrownBy(() -> AgentOptions.parse(line.split(" ", -1)).agents())
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void anAgentWithoutAWorkloadOrWithAnUnusableStateIsRefused() throws Exception {
        assertThatThrownBy(() -> MeshAgent.builder().build())
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("controlService");
        Path file = Files.createFile(folder.resolve("file"));
        AgentOptions options = AgentOptions.parse(
                "--control", "a:1", "--namespace", "n", "--service-account", "s", "--state", file.toString());
        assertThatThrownBy(() -> options.agents().get(0).build()).isInstanceOf(MeshConfigurationException.class);
    }

    @Test
    void aNodesWorkloadsAreOneALineEachWithASocketOfItsOwn(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("workloads"), """
                # namespace account token socket uid

                shop reviews /tokens/reviews /run/reviews.sock
                shop ratings /tokens/ratings /run/ratings.sock 1000
                """);

        assertThat(NodeWorkloads.read(file))
                .containsExactly(
                        new Workload(
                                "shop",
                                "reviews",
                                Path.of("/tokens/reviews"),
                                Path.of("/run/reviews.sock"),
                                OptionalInt.empty()),
                        new Workload(
                                "shop",
                                "ratings",
                                Path.of("/tokens/ratings"),
                                Path.of("/run/ratings.sock"),
                                OptionalInt.of(1000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "shop reviews token", "shop reviews token socket root", "a b c s\na c d ./s", "a b c d 1 2"})
    void aListThatCannotBeUnderstoodNamesItsLine(String text, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("workloads"), text);
        assertThatThrownBy(() -> NodeWorkloads.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("workloads");
    }
}

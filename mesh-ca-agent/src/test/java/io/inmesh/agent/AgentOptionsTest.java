package io.inmesh.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

    @TempDir
    Path folder;

    @Test
    void aWholeCommandLineMakesAnAgent() {
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
        assertThat(options.output()).isEqualTo(Path.of("out"));
        try (MeshAgent agent = options.agent().build()) {
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
    void whatCannotBeUnderstoodIsSaid(String line) {
        assertThatThrownBy(() -> AgentOptions.parse(line.split(" ", -1)).agent())
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
        assertThatThrownBy(() -> options.agent().build()).isInstanceOf(MeshConfigurationException.class);
    }
}

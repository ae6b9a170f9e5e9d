package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.testkit.ChildJvm;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What JSSE does with the names is decided once in a process, so each case has a process of its own. */
class IgnoredServerNameTest {

    @Test
    void withoutTheMeshJsseRefusesIstiosNames() {
        assertThat(run("probe").output()).contains("Illegal server name");
    }

    @Test
    void takesEffectBeforeTheFirstServerHandshake() {
        assertThat(run("require", "probe").output()).contains("accepted").doesNotContain("Illegal");
    }

    @Test
    void contextsMadeBeforeDoNotMatter() {
        assertThat(run("context", "require", "probe").output()).contains("accepted");
    }

    @Test
    void keepsWhatElseIsDisabled() {
        assertThat(ChildJvm.run(
                                List.of("-Djdk.tls.server.disableExtensions=max_fragment_length"),
                                Main.class,
                                "require",
                                "property")
                        .output())
                .contains("max_fragment_length,server_name");
    }

    @Test
    void saysSoWhenAnotherServerWasFirst() {
        ChildJvm child = run("server", "require");

        assertThat(child.output())
                .contains("Start the JVM with -Djdk.tls.server.disableExtensions=server_name")
                .contains("or create the mesh before the first TLS server");
    }

    @Test
    void isNotTooLateWhenTheJvmWasStartedWithIt() {
        assertThat(ChildJvm.run(
                                List.of("-Djdk.tls.server.disableExtensions=server_name"),
                                Main.class,
                                "server",
                                "require",
                                "probe")
                        .output())
                .contains("accepted");
    }

    private static ChildJvm run(String... steps) {
        return ChildJvm.run(List.of(), Main.class, steps);
    }

    /** Does the steps in order. */
    static final class Main {

        private Main() {}

        public static void main(String[] steps) throws Exception {
            for (String step : steps) {
                switch (step) {
                    case "context" -> SSLContext.getDefault().createSSLEngine();
                    case "server" -> InMemoryHandshake.tryName("plain.example");
                    case "require" -> require();
                    case "property" -> System.out.println(System.getProperty("jdk.tls.server.disableExtensions"));
                    default -> System.out.println(InMemoryHandshake.tryName(MeshTls.SNI));
                }
            }
        }

        private static void require() {
            try {
                IgnoredServerName.require();
            } catch (MeshConfigurationException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}

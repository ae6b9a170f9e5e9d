package io.inmesh.spring.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** A context that is closed and made again in one process, as development tools do it, leaves nothing of the mesh behind. */
class RestartTest {

    private static final String STRICT = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            """;

    // The control service, which stays, has threads too.
    private static final Pattern OF_A_MEMBER = Pattern.compile(
            "(mesh-agent|mesh-probe|inmesh-(timers|background|names|keys|mirrors|waits|admin|access-log)).*");

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> OF_A_MEMBER.matcher(thread.getName()).matches())
                .collect(Collectors.toSet());
    }

    @Test
    void aRestartLeavesNoThreadsBehind(@TempDir Path folder) throws Exception {
        try (EmbeddedMesh mesh = new EmbeddedMesh(folder, STRICT)) {
            Set<Thread> ofOthers = threads();
            for (int i = 0; i < 2; i++) {
                ConfigurableApplicationContext application =
                        mesh.start(TwoApplications.Caller.class, "caller", 0, "--mesh.admin.port=0");
                int status = application
                        .getBean("built", RestClient.class)
                        .get()
                        .uri("http://callee/whoami")
                        .exchange(
                                (request, response) -> response.getStatusCode().value());
                assertThat(status).as("nobody is there").isEqualTo(503);
                assertThat(threads()).hasSizeGreaterThan(ofOthers.size());
                application.close();
            }
            long end = System.nanoTime() + 20_000_000_000L;
            while (!ofOthers.containsAll(threads()) && System.nanoTime() < end) {
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(threads()).allMatch(ofOthers::contains);
        }
    }
}

package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class PodCheckTest {

    private final MockEnvironment environment = new MockEnvironment();

    private void check(Path root, Path token) {
        new PodCheck(new MeshProperties.Control("control:15012", false, root, token, null), environment).requireAll();
    }

    @Test
    void everythingThatAPodLacksIsNamedAtOnce(@TempDir Path folder) {
        environment.setProperty("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        environment.setProperty("mesh.workload.name", "reviews-1");
        assertThatThrownBy(() -> check(folder.resolve("root-cert.pem"), null))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageContaining("root-cert.pem cannot be read")
                .hasMessageContaining("mesh.control.token-file (a projected token of the audience istio-ca)")
                .hasMessageContaining("mesh.workload.namespace")
                .hasMessageContaining("mesh.workload.service-account")
                .hasMessageContaining("mesh.workload.address")
                .hasMessageNotContaining("mesh.workload.name ");
    }

    @Test
    void aPodThatHasAllStarts(@TempDir Path folder) throws IOException {
        environment.setProperty("KUBERNETES_SERVICE_HOST", "10.96.0.1");
        for (String name : new String[] {"name", "namespace", "service-account", "address"}) {
            environment.setProperty("mesh.workload." + name, "10.1.2.3");
        }
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatCode(() -> check(file, file)).doesNotThrowAnyException();
    }

    @Test
    void outsideOfAPodNothingIsLookedAt() {
        assertThatCode(() -> check(Path.of("none"), Path.of("none"))).doesNotThrowAnyException();
    }
}

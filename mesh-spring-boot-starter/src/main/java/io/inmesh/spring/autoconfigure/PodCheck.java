package io.inmesh.spring.autoconfigure;

import io.inmesh.api.error.MeshConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Whether a pod has what a member of the mesh needs; all that is missing is named at once. Elsewhere nothing is looked at. */
final class PodCheck {

    private static final String IN_A_POD = "KUBERNETES_SERVICE_HOST";
    private static final List<String> SAID_BY_THE_DOWNWARD_API = List.of(
            "mesh.workload.name", "mesh.workload.namespace", "mesh.workload.service-account", "mesh.workload.address");

    private final MeshProperties.Control control;
    private final Environment environment;

    PodCheck(MeshProperties.Control control, Environment environment) {
        this.control = control;
        this.environment = environment;
    }

    /** @throws MeshConfigurationException naming everything that is missing */
    void requireAll() {
        if (control.plaintext() || !environment.containsProperty(IN_A_POD)) {
            return;
        }
        List<String> missing = new ArrayList<>();
        file(control.rootCert(), "mesh.control.root-cert", "the ConfigMap inmesh-ca-root-cert", missing);
        file(control.tokenFile(), "mesh.control.token-file", "a projected token of the audience istio-ca", missing);
        SAID_BY_THE_DOWNWARD_API.stream()
                .filter(name -> !environment.containsProperty(name))
                .forEach(name -> missing.add(name + " (downward API)"));
        if (!missing.isEmpty()) {
            throw new MeshConfigurationException(
                    "This pod lacks what a member of the mesh needs, deploy/pod-patch.yaml adds it: "
                            + String.join(", ", missing));
        }
    }

    private static void file(@Nullable Path file, String property, String source, List<String> missing) {
        if (file == null) {
            missing.add(property + " (" + source + ")");
        } else if (!Files.isReadable(file)) {
            missing.add(property + ": " + file + " cannot be read (" + source + ")");
        }
    }
}

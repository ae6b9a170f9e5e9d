package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which workloads are in the mesh: with a sidecar, by injection, ambient, or in process. Stateless. */
final class Membership {

    private static final String INJECT = "sidecar.istio.io/inject";

    private Membership() {}

    static boolean podInMesh(Item pod, Items items) {
        return inProcess(pod.labels()) || inMesh(pod.annotations(), pod.labels(), pod.namespace(), pod.spec(), items);
    }

    static boolean deploymentInMesh(Item deployment, Items items) {
        YamlNode.Mapping template = deployment.spec().object("template");
        YamlNode.Mapping metadata = template.object("metadata");
        return inProcess(metadata.textMap("labels"))
                || inMesh(
                        metadata.textMap("annotations"),
                        metadata.textMap("labels"),
                        deployment.namespace(),
                        template.object("spec"),
                        items);
    }

    /** A pod of ours tells peers of its TLS by Istio's label and asks not to be injected. */
    private static boolean inProcess(Map<String, String> labels) {
        return "istio".equals(labels.get("security.istio.io/tlsMode"));
    }

    private static boolean inMesh(
            Map<String, String> annotations,
            Map<String, String> labels,
            String namespace,
            YamlNode.Mapping podSpec,
            Items items) {
        if (proxy(podSpec).isPresent()) {
            return true;
        }
        for (Map<String, String> written : List.of(labels, annotations)) {
            String inject = written.get(INJECT);
            if (inject != null) {
                return inject.equals("true");
            }
        }
        return items.find("Namespace", namespace)
                .filter(found -> "enabled".equals(found.labels().get("istio-injection")))
                .isPresent();
    }

    /** The sidecar's container, which is an init container where Kubernetes knows such sidecars. */
    static Optional<YamlNode.Mapping> proxy(YamlNode.Mapping podSpec) {
        List<YamlNode.Mapping> containers = new ArrayList<>(podSpec.objects("containers"));
        containers.addAll(podSpec.objects("initContainers"));
        return containers.stream()
                .filter(container -> container.text("name").equals("istio-proxy"))
                .filter(container -> !container.text("image").isEmpty())
                .findFirst();
    }

    static boolean ambientPod(Item pod) {
        return "enabled".equals(pod.annotations().get("ambient.istio.io/redirection"));
    }

    static boolean ambientNamespace(Item namespace) {
        Map<String, String> labels = namespace.labels();
        return !"enabled".equals(labels.get("istio-injection"))
                && labels.getOrDefault("istio.io/rev", "").isEmpty()
                && "ambient".equals(labels.get("istio.io/dataplane-mode"));
    }
}

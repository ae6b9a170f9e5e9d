package io.inmesh.control.state;

import io.inmesh.control.config.KubernetesNamespace;
import io.inmesh.control.config.KubernetesNode;
import io.inmesh.control.config.LabelSelector;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** MeshConfig {@code discoverySelectors}: which namespaces exist for the mesh. Used by one thread at a time. */
final class DiscoveryFilter {

    /** Kubernetes gives it to each namespace; a folder may not have written it. */
    private static final String NAME = "kubernetes.io/metadata.name";

    private final MeshSettings base;
    private Map<String, Map<String, String>> labels = Map.of();
    private List<LabelSelector> selectors = List.of();

    DiscoveryFilter(MeshSettings base) {
        this.base = base;
    }

    /** Whether a resource of that id may decide on others. */
    static boolean decides(String id) {
        return id.startsWith("Namespace ") || MeshConfig.names(id);
    }

    /** What is written now; says whether any namespace may have come or gone. */
    boolean look(Iterable<Resource> written) {
        Map<String, Map<String, String>> found = new HashMap<>();
        List<MeshConfig> configs = new ArrayList<>();
        for (Resource resource : written) {
            if (resource instanceof KubernetesNamespace namespace) {
                found.put(namespace.meta().name(), namespace.meta().labels());
            } else if (resource instanceof MeshConfig config) {
                configs.add(config);
            }
        }
        List<LabelSelector> chosen =
                base.chosen(configs).map(MeshConfig::discoverySelectors).orElse(List.of());
        boolean same = chosen.equals(selectors) && (chosen.isEmpty() || found.equals(labels));
        labels = found;
        selectors = chosen;
        return !same;
    }

    /** Whether it counts. Namespaces and the mesh's own settings always do, and so does the root namespace. */
    boolean shows(Resource resource) {
        String namespace = resource.meta().namespace();
        if (selectors.isEmpty()
                || resource instanceof KubernetesNamespace
                || resource instanceof MeshConfig
                || resource instanceof KubernetesNode
                || namespace.equals(base.rootNamespace())) {
            return true;
        }
        Map<String, String> own = new HashMap<>(labels.getOrDefault(namespace, Map.of()));
        own.put(NAME, namespace);
        return selectors.stream().anyMatch(selector -> selector.matches(own));
    }
}

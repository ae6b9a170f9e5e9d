package io.inmesh.control.config;

import java.util.ArrayList;
import java.util.List;

/** A {@code v1/Node}, as far as it says where its pods run. */
public record KubernetesNode(Meta meta) implements Resource {

    private static final List<String> LABELS =
            List.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone");

    /** {@code region/zone/sub-zone}, as far as known; empty without a region. */
    public String locality() {
        List<String> parts = new ArrayList<>();
        for (String label : LABELS) {
            String part = meta.labels().getOrDefault(label, "");
            if (part.isEmpty()) {
                break;
            }
            parts.add(part);
        }
        return String.join("/", parts);
    }
}

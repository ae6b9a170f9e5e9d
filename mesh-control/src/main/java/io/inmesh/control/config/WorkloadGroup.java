package io.inmesh.control.config;

import java.util.Map;

/** Istio's WorkloadGroup: what workloads that register themselves have in common. */
public record WorkloadGroup(Meta meta, Map<String, String> labels, WorkloadEntry.Spec template) implements Resource {

    static WorkloadGroup read(Meta meta, Fields spec) {
        spec.unsupported("probe");
        Map<String, String> labels = spec.object("metadata", metadata -> {
                    metadata.irrelevant("annotations");
                    return metadata.textMap("labels");
                })
                .orElse(Map.of());
        WorkloadEntry.Spec template = spec.object("template", WorkloadEntry.Spec::read)
                .orElseThrow(() -> spec.invalid("template", "is required"));
        return new WorkloadGroup(meta, labels, template);
    }
}

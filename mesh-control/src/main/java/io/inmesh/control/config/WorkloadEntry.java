package io.inmesh.control.config;

import java.util.Map;

/** Istio's WorkloadEntry: a workload that is not a pod. */
public record WorkloadEntry(Meta meta, Spec spec) implements Resource {

    /**
     * The same fields wherever Istio has them: in an entry, in a ServiceEntry's endpoints, in a group's template.
     *
     * @param address an IP address, or a name to resolve; may be empty in a template
     * @param ports by name of the service's port
     * @param locality {@code region/zone/sub-zone}
     * @param weight 0 means 1
     */
    public record Spec(
            String address,
            Map<String, Integer> ports,
            Map<String, String> labels,
            String locality,
            int weight,
            String serviceAccount) {

        static Spec read(Fields entry) {
            entry.unsupported("network");
            return new Spec(
                    entry.text("address").orElse(""),
                    entry.portMap("ports"),
                    entry.textMap("labels"),
                    entry.text("locality").orElse(""),
                    entry.integer("weight", 0, Integer.MAX_VALUE).orElse(0),
                    entry.text("serviceAccount").orElse(""));
        }
    }

    static WorkloadEntry read(Meta meta, Fields spec) {
        Spec read = Spec.read(spec);
        if (read.address.isEmpty() && !spec.has("network")) {
            throw spec.invalid("address", "is required");
        }
        return new WorkloadEntry(meta, read);
    }
}

package io.inmesh.control.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Istio's DestinationRule.
 *
 * @param host as written; a short name is of the resource's own namespace; may begin with {@code *.}
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/">DestinationRule</a>
 */
public record DestinationRule(
        Meta meta, String host, Optional<TrafficPolicy> trafficPolicy, List<Subset> subsets, List<String> exportTo)
        implements Resource {

    /** Endpoints of the host that have all these labels, with settings over those of the host. */
    public record Subset(String name, Map<String, String> labels, Optional<TrafficPolicy> trafficPolicy) {
        static Subset read(Fields subset) {
            return new Subset(
                    subset.required("name"),
                    subset.textMap("labels"),
                    subset.object("trafficPolicy", TrafficPolicy::read));
        }
    }

    static DestinationRule read(Meta meta, Fields spec) {
        if (spec.has("workloadSelector")) {
            throw spec.invalid(
                    "workloadSelector", "is not supported yet, and without it the rule would hold everywhere");
        }
        List<Subset> subsets = spec.list("subsets", Subset::read);
        Set<String> names = new HashSet<>();
        for (Subset subset : subsets) {
            if (!names.add(subset.name())) {
                throw spec.invalid("subsets", "the subset '" + subset.name() + "' stands there twice");
            }
        }
        return new DestinationRule(
                meta,
                spec.required("host"),
                spec.object("trafficPolicy", TrafficPolicy::read),
                subsets,
                spec.texts("exportTo"));
    }
}

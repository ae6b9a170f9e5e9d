package io.inmesh.control.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** On a rule, it asks for balancing that neither Istio nor Envoy has a name for; docs/adr/0026. */
    private static final String BALANCER = "inmesh.io/load-balancer";

    private static final String PEAK_EWMA = "PEAK_EWMA";

    /** Whether its services' callers choose by a moving average of latency instead of by its simple policy. */
    public boolean peakEwma() {
        return PEAK_EWMA.equals(meta.annotations().get(BALANCER));
    }

    /** Whether it matters for it where a caller runs. */
    public boolean looksAtPlaces() {
        return Stream.concat(
                        trafficPolicy.stream(), subsets.stream().flatMap(subset -> subset.trafficPolicy().stream()))
                .anyMatch(TrafficPolicy::looksAtPlaces);
    }

    static DestinationRule read(Meta meta, Fields spec) {
        String balancer = meta.annotations().getOrDefault(BALANCER, PEAK_EWMA);
        if (!balancer.equals(PEAK_EWMA)) {
            spec.report()
                    .unsupported(
                            meta.origin(),
                            "metadata.annotations[" + BALANCER + "]",
                            "'" + balancer + "' is not " + PEAK_EWMA + " and has no effect");
        }
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

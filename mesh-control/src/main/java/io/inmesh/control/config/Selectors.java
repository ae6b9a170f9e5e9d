package io.inmesh.control.config;

import java.util.Map;

/** Istio's WorkloadSelector. */
final class Selectors {

    private Selectors() {}

    static Map<String, String> matchLabels(Fields spec) {
        return spec.object("selector", selector -> {
                    Map<String, String> labels = selector.textMap("matchLabels");
                    if (selector.has("matchExpressions")) {
                        throw selector.invalid("matchExpressions", "is not part of Istio's selector");
                    }
                    return labels;
                })
                .orElse(Map.of());
    }
}

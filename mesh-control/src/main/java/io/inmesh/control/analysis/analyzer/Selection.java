package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.YamlNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Selectors of labels. Stateless. */
final class Selection {

    private Selection() {}

    /** Whether all pairs are among the labels; no pairs take everything. */
    static boolean takes(Map<String, String> selector, Map<String, String> labels) {
        return selector.entrySet().stream().allMatch(pair -> pair.getValue().equals(labels.get(pair.getKey())));
    }

    /** As Kubernetes writes it, sorted. */
    static String text(Map<String, String> selector) {
        return new TreeMap<>(selector)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(","));
    }

    /** Whether a selector with pairs and expressions takes labels; an absent one takes everything. */
    static boolean takesExpressions(YamlNode.Mapping selector, Map<String, String> labels) {
        return takes(selector.textMap("matchLabels"), labels)
                && selector.objects("matchExpressions").stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(YamlNode.Mapping expression, Map<String, String> labels) {
        String value = labels.get(expression.text("key"));
        return switch (expression.text("operator")) {
            case "In" -> value != null && expression.texts("values").contains(value);
            case "NotIn" -> value == null || !expression.texts("values").contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}

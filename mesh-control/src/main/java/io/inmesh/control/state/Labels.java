package io.inmesh.control.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The labels under which workloads, and what selects them, find each other without looking at all of them. */
final class Labels {

    /** Labels that few workloads have in common, the best first. */
    private static final List<String> TELLING = List.of("app", "app.kubernetes.io/name", "k8s-app", "name");

    private Labels() {}

    /** The one key of a selector; none if it selects nothing. */
    static Set<String> key(String namespace, Map<String, String> selector) {
        if (selector.isEmpty()) {
            return Set.of();
        }
        for (String label : TELLING) {
            String value = selector.get(label);
            if (value != null) {
                return Set.of(key(namespace, label, value));
            }
        }
        String first = selector.keySet().stream().sorted().findFirst().orElseThrow();
        return Set.of(key(namespace, first, selector.getOrDefault(first, "")));
    }

    /** Every key under which a selector may look for a workload. */
    static Collection<String> keys(Workload workload) {
        return workload.labels().entrySet().stream()
                .map(label -> key(workload.namespace(), label.getKey(), label.getValue()))
                .toList();
    }

    private static String key(String namespace, String label, String value) {
        return namespace + "/" + label + "=" + value;
    }
}

package io.inmesh.conformance.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes certain what chance decides. */
final class Certainties {

    private Certainties() {}

    static Configuration of(Configuration configuration) {
        Configuration copy = configuration.copy();
        Tree.visit(copy.resources(ResourceKind.ROUTES), node -> {
            heaviest(Tree.objects(Tree.object(node, "weightedClusters"), "clusters"));
            if (node.containsKey("delay")) {
                node.remove("delay");
            }
            if (node.containsKey("abort")) {
                Tree.object(node, "abort").put("percentage", Map.of("numerator", 100));
            }
        });
        return copy;
    }

    private static void heaviest(List<Map<String, Object>> clusters) {
        Map<String, Object> most = clusters.stream()
                .max(Comparator.comparingLong(cluster -> ((Number) cluster.getOrDefault("weight", 0)).longValue()))
                .orElse(Map.of());
        for (Map<String, Object> cluster : clusters) {
            cluster.put("weight", cluster.equals(most) ? 100 : 0);
        }
    }
}

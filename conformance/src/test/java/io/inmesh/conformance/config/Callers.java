package io.inmesh.conformance.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who calls from where, for zone-aware rows: a load assignment {@code local_cluster}, as istiod tells a node with {@code
 * ENABLE_SELF_DISCOVERY}. The place of its first group is where the caller runs.
 */
public final class Callers {

    static final String CLUSTER = "local_cluster";

    private Callers() {}

    /** Region, zone and sub-zone of the caller; empty if the configuration does not say. */
    public static Optional<List<String>> place(Configuration configuration) {
        return assignment(configuration)
                .map(assignment ->
                        Tree.object(Tree.objects(assignment, "endpoints").get(0), "locality"))
                .map(place -> List.of(
                        String.valueOf(place.getOrDefault("region", "")),
                        String.valueOf(place.getOrDefault("zone", "")),
                        String.valueOf(place.getOrDefault("subZone", ""))));
    }

    /** What an Envoy's bootstrap says of it: the node's locality, a cluster of the instances, and that this is the local one. */
    static Map<String, Object> bootstrap(Configuration configuration) {
        Map<String, Object> bootstrap = new LinkedHashMap<>();
        Map<String, Object> node = new LinkedHashMap<>(Map.of("id", "conformance", "cluster", "conformance"));
        place(configuration)
                .ifPresent(place -> node.put(
                        "locality", Map.of("region", place.get(0), "zone", place.get(1), "subZone", place.get(2))));
        bootstrap.put("node", node);
        if (node.containsKey("locality")) {
            bootstrap.put("clusterManager", Map.of("localClusterName", CLUSTER));
        }
        return bootstrap;
    }

    /** The cluster of the instances; empty if there is none. */
    static List<Map<String, Object>> clusters(Configuration configuration) {
        return assignment(configuration).stream()
                .map(assignment -> Map.<String, Object>of(
                        "name", CLUSTER, "type", "STATIC", "connectTimeout", "1s", "loadAssignment", assignment))
                .toList();
    }

    private static Optional<Map<String, Object>> assignment(Configuration configuration) {
        return configuration.resources(ResourceKind.ENDPOINTS).stream()
                .filter(assignment -> CLUSTER.equals(assignment.get("clusterName")))
                .findFirst();
    }
}

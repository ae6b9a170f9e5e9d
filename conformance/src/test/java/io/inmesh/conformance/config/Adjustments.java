package io.inmesh.conformance.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the harness changes in every configuration before both sides get it. This list is reviewed: whatever is not here reaches
 * Envoy and us as istiod sent it.
 */
public final class Adjustments {

    /** Filters that only Istio's build of Envoy knows; a stock Envoy refuses them. */
    private static final Set<String> ISTIO_ONLY = Set.of("istio.metadata_exchange", "istio.alpn", "istio.stats");

    private static final List<UnaryOperator<Configuration>> FOR_ALL = List.of(
            // Istio's own filters change no decision of a route.
            Adjustments::withoutIstioFilters,
            // Rows are about routing; the TLS pairs have tests of their own.
            Adjustments::withoutTls,
            // Only names matter that the listener's routes lead to; DNS clusters would ask a resolver.
            Adjustments::onlyReachableClusters);

    private Adjustments() {}

    /**
     * The part of a configuration that one outbound port sees.
     *
     * @param port the destination port whose listener takes the requests
     */
    public static Configuration forPort(Configuration configuration, int port) {
        Configuration adjusted = configuration.keeping(
                ResourceKind.LISTENER, listener -> Tree.text(listener, "name").endsWith("_" + port));
        Set<String> routes = new HashSet<>();
        Tree.visit(adjusted.resources(ResourceKind.LISTENER), node -> {
            if (node.containsKey("routeConfigName")) {
                routes.add(Tree.text(node, "routeConfigName"));
            }
        });
        adjusted = adjusted.keeping(ResourceKind.ROUTES, route -> routes.contains(Tree.text(route, "name")));
        for (UnaryOperator<Configuration> adjustment : FOR_ALL) {
            adjusted = adjustment.apply(adjusted);
        }
        return adjusted;
    }

    private static Configuration withoutIstioFilters(Configuration configuration) {
        Configuration copy = configuration.copy();
        for (ResourceKind kind : List.of(ResourceKind.LISTENER, ResourceKind.CLUSTER)) {
            Tree.visit(copy.resources(kind), node -> {
                for (String list : List.of("filters", "httpFilters")) {
                    Tree.objects(node, list).removeIf(filter -> ISTIO_ONLY.contains(filter.get("name")));
                }
            });
        }
        return copy;
    }

    private static Configuration withoutTls(Configuration configuration) {
        Configuration copy = configuration.copy();
        for (Map<String, Object> cluster : copy.resources(ResourceKind.CLUSTER)) {
            cluster.remove("transportSocketMatches");
            cluster.remove("transportSocket");
        }
        return copy;
    }

    private static Configuration onlyReachableClusters(Configuration configuration) {
        Set<String> named = new HashSet<>(Set.of("BlackHoleCluster", "PassthroughCluster"));
        Tree.visit(configuration.resources(ResourceKind.ROUTES), node -> {
            if (node.get("cluster") instanceof String cluster) {
                named.add(cluster);
            }
            Tree.objects(Tree.object(node, "weightedClusters"), "clusters")
                    .forEach(cluster -> named.add(Tree.text(cluster, "name")));
        });
        return configuration
                .keeping(ResourceKind.CLUSTER, cluster -> named.contains(Tree.text(cluster, "name")))
                .keeping(ResourceKind.ENDPOINTS, assignment -> named.contains(Tree.text(assignment, "clusterName")));
    }
}

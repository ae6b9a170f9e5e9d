package io.inmesh.conformance.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
            // Only names matter that the listener's routes lead to; DNS clusters would ask a resolver.
            Adjustments::onlyReachableClusters);

    /** Adjustments that a scenario asks for by name. */
    private static final Map<String, UnaryOperator<Configuration>> BY_NAME = Map.of(
            // Chance has rows of its own: every fault certain and at once, the heaviest of weighted clusters takes all.
            "chance", Certainties::of,
            // Mirrored requests have rows of their own.
            "mirrors", configuration -> removed(configuration, ResourceKind.ROUTES, "requestMirrorPolicies"),
            // What a hash is made of has rows of its own; the cookie that Envoy makes is a hash of its connection.
            "hashes", configuration -> removed(configuration, ResourceKind.ROUTES, "hashPolicy"),
            // The upstreams of rows speak HTTP/1.1; HTTP/2 is what the pairs are about.
            "http2", Adjustments::withoutHttp2,
            // So that rows may fail as often as they like.
            "outliers", configuration -> removed(configuration, ResourceKind.CLUSTER, "outlierDetection"));

    private Adjustments() {}

    /** What a scenario says that it is not about. */
    public static Configuration without(List<String> names, Configuration configuration) {
        Configuration adjusted = configuration;
        for (String name : names) {
            adjusted = Objects.requireNonNull(BY_NAME.get(name), name).apply(adjusted);
        }
        return adjusted;
    }

    /**
     * The part of a configuration that one outbound port sees. Rows are about routing, so that there is no TLS in it; pairs have it.
     *
     * @param port the destination port whose listener takes the requests
     */
    public static Configuration forPort(Configuration configuration, int port) {
        return withoutTls(forPortWithTls(configuration, port));
    }

    /** The same with TLS. */
    public static Configuration forPortWithTls(Configuration configuration, int port) {
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

    /** The called side: the chains of one port, for whatever port is bound, without policies that refuse callers. */
    public static Configuration inbound(Configuration configuration, int port) {
        Configuration copy = withoutIstioFilters(configuration.keeping(
                ResourceKind.LISTENER, listener -> Tree.text(listener, "name").equals("virtualInbound")));
        for (Map<String, Object> listener : copy.resources(ResourceKind.LISTENER)) {
            Tree.objects(listener, "filterChains")
                    .removeIf(chain -> !Tree.text(chain, "name").endsWith("_" + port));
            listener.remove("defaultFilterChain");
            listener.remove("accessLog");
            listener.remove("listenerFilters");
            Tree.visit(listener, node -> {
                node.remove("destinationPort");
                Tree.objects(node, "httpFilters")
                        .removeIf(filter -> !Tree.text(filter, "name").endsWith(".router"));
            });
        }
        return copy.keeping(ResourceKind.CLUSTER, cluster -> false)
                .keeping(ResourceKind.ENDPOINTS, assignment -> false)
                .keeping(ResourceKind.ROUTES, routes -> false);
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

    private static Configuration withoutHttp2(Configuration configuration) {
        Configuration copy = configuration.copy();
        Tree.visit(copy.resources(ResourceKind.CLUSTER), node -> {
            if (Tree.object(node, "explicitHttpConfig").containsKey("http2ProtocolOptions")) {
                node.put("explicitHttpConfig", Map.of("httpProtocolOptions", Map.of()));
            }
        });
        return copy;
    }

    private static Configuration removed(Configuration configuration, ResourceKind kind, String key) {
        Configuration copy = configuration.copy();
        Tree.visit(copy.resources(kind), node -> node.remove(key));
        return copy;
    }

    private static Configuration onlyReachableClusters(Configuration configuration) {
        Set<String> named = new HashSet<>(Set.of("BlackHoleCluster", "PassthroughCluster", Callers.CLUSTER));
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

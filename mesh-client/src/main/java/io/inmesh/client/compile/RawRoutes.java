package io.inmesh.client.compile;

import io.inmesh.client.match.HostMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.RequestHash;
import io.inmesh.client.route.Rewrite;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTarget;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes of what is not looked into, TLS of the application's own above all. Where unknown hosts are refused, hosts of the registry are not:
 * they keep the address that the URL names (docs/adr/0021).
 */
final class RawRoutes {

    static final String PASS_THROUGH = "PassthroughCluster";

    private static final String NAME = "virtualOutbound";

    private RawRoutes() {}

    static CompiledRoute to(String cluster) {
        ClusterChoice.Share share = new ClusterChoice.Share(cluster, 1, HeaderEdits.NONE, HeaderEdits.NONE, null, null);
        return new CompiledRoute(
                "",
                NAME,
                "",
                "",
                new RouteMatcher(new PathMatcher.Prefix("", true), List.of(), List.of(), null, false, null),
                new RouteTarget.Forward(
                        ClusterChoice.of(List.of(share)),
                        new Timeouts(0, 0),
                        RetryPolicy.NONE,
                        Rewrite.NONE,
                        503,
                        false,
                        false,
                        false,
                        RequestHash.NONE,
                        List.of(),
                        null),
                null);
    }

    /**
     * By port, the hosts of the registry.
     *
     * @param clusters names; Istio's say direction, port, subset and host
     */
    static Map<Integer, HostMatcher<CompiledRoute>> ofRegistry(Collection<String> clusters, ServiceHosts names) {
        if (!clusters.contains(PASS_THROUGH)) {
            return Map.of();
        }
        CompiledRoute route = to(PASS_THROUGH);
        Map<Integer, HostMatcher.Builder<CompiledRoute>> builders = new HashMap<>();
        for (String cluster : clusters) {
            String[] parts = cluster.split("\\|", -1);
            if (parts.length == 4
                    && parts[0].equals("outbound")
                    && parts[1].matches("\\d{1,5}")
                    && !parts[3].isEmpty()) {
                HostMatcher.Builder<CompiledRoute> hosts =
                        builders.computeIfAbsent(Integer.valueOf(parts[1]), port -> HostMatcher.builder(true));
                names.of(parts[3]).forEach(name -> hosts.add(name, route));
            }
        }
        Map<Integer, HostMatcher<CompiledRoute>> registry = new HashMap<>();
        builders.forEach((port, hosts) -> registry.put(port, hosts.build()));
        return registry;
    }
}

package io.inmesh.client.route;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a call can meet on its way out, as of one configuration. Immutable apart from what its clusters' hosts remember.
 *
 * @param ports what callers of a port meet
 * @param clusters by name
 * @param unmatched takes requests that no table is for; null if no configuration says what becomes of them
 */
public record MeshSnapshot(
        Map<Integer, PortRoutes> ports,
        Map<String, UpstreamCluster> clusters,
        @Nullable CompiledRoute unmatched) {

    public MeshSnapshot {
        ports = Map.copyOf(ports);
        clusters = Map.copyOf(clusters);
    }

    /** Where a request looks for its route; null if nothing is known of the port, or of the authority on it. */
    public @Nullable RouteTable table(int port, String authority) {
        PortRoutes routes = ports.get(port);
        return routes == null ? null : routes.table(authority);
    }

    public @Nullable UpstreamCluster cluster(String name) {
        return clusters.get(Objects.requireNonNull(name, "name"));
    }
}

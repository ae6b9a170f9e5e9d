package io.inmesh.client.route;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a call can meet on its way out, as of one configuration. Immutable apart from what its clusters' hosts remember.
 *
 * @param ports what callers of a port meet
 * @param clusters by name
 * @param unmatched takes requests to ports that have no routes; null if no configuration says what becomes of them
 */
public record MeshSnapshot(
        Map<Integer, PortRoutes> ports,
        Map<String, UpstreamCluster> clusters,
        @Nullable CompiledRoute unmatched) {

    public MeshSnapshot {
        ports = Map.copyOf(ports);
        clusters = Map.copyOf(clusters);
    }

    /** Where a request to a port looks for its route; null if nothing is known of the port. */
    public @Nullable PortRoutes port(int port) {
        return ports.get(port);
    }

    public @Nullable UpstreamCluster cluster(String name) {
        return clusters.get(Objects.requireNonNull(name, "name"));
    }
}

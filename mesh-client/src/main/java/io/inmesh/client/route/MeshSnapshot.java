package io.inmesh.client.route;

import io.inmesh.client.match.HostMatcher;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a call can meet on its way out, as of one configuration. Immutable apart from what its clusters' hosts remember.
 */
public final class MeshSnapshot {

    public static final MeshSnapshot EMPTY = new MeshSnapshot(Map.of(), Map.of(), null);

    private final Map<Integer, PortRoutes> ports;
    private final Map<String, UpstreamCluster> clusters;
    private final @Nullable CompiledRoute unmatched;
    private final Map<Integer, HostMatcher<CompiledRoute>> registry;
    // The same as the map, but looked up without boxing the port.
    private final int[] numbers;
    private final PortRoutes[] routes;

    /**
     * Puts a snapshot together.
     *
     * @param ports what callers of a port meet
     * @param clusters by name
     * @param unmatched takes requests that no table is for; null if no configuration says what becomes of them
     */
    public MeshSnapshot(
            Map<Integer, PortRoutes> ports, Map<String, UpstreamCluster> clusters, @Nullable CompiledRoute unmatched) {
        this(ports, clusters, unmatched, Map.of());
    }

    /**
     * As the other, where unknown hosts are refused.
     *
     * @param registry by port, the hosts that are not refused although no table is for them
     */
    public MeshSnapshot(
            Map<Integer, PortRoutes> ports,
            Map<String, UpstreamCluster> clusters,
            @Nullable CompiledRoute unmatched,
            Map<Integer, HostMatcher<CompiledRoute>> registry) {
        this.registry = Map.copyOf(registry);
        this.ports = Map.copyOf(ports);
        this.clusters = Map.copyOf(clusters);
        this.unmatched = unmatched;
        numbers = ports.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        routes = Arrays.stream(numbers).mapToObj(this.ports::get).toArray(PortRoutes[]::new);
    }

    /** What callers of a port meet. */
    public Map<Integer, PortRoutes> ports() {
        return ports;
    }

    public Map<String, UpstreamCluster> clusters() {
        return clusters;
    }

    /** Takes requests that no table is for; null if no configuration says what becomes of them. */
    public @Nullable CompiledRoute unmatched() {
        return unmatched;
    }

    /** Takes a request that no table is for; null if no configuration says what becomes of it. */
    public @Nullable CompiledRoute raw(int port, String authority) {
        HostMatcher<CompiledRoute> known = registry.isEmpty() ? null : registry.get(port);
        CompiledRoute route = known == null ? null : known.find(authority);
        return route == null ? unmatched : route;
    }

    /** Where a request looks for its route; null if nothing is known of the port, or of the authority on it. */
    public @Nullable RouteTable table(int port, String authority) {
        int index = Arrays.binarySearch(numbers, port);
        return index < 0 ? null : routes[index].table(authority);
    }

    /** Whether requests to a port have their paths normalised. */
    public boolean normalizesPaths(int port) {
        int index = Arrays.binarySearch(numbers, port);
        return index >= 0 && routes[index].normalizesPaths();
    }

    public @Nullable UpstreamCluster cluster(String name) {
        return clusters.get(Objects.requireNonNull(name, "name"));
    }
}

package io.inmesh.client.compile;

import io.inmesh.client.compile.ClusterCompiler.ClusterSource;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.route.RouteConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A snapshot with what was refused and what does not take effect, and the memory that the next compilation begins with. Immutable.
 */
public final class Compilation {

    private final MeshSnapshot snapshot;
    private final Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters;
    private final Map<String, Compiled<RouteConfiguration, RouteTable>> tables;
    private final List<Finding> rejections;
    private final List<Finding> unsupported;

    Compilation(
            MeshSnapshot snapshot,
            Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters,
            Map<String, Compiled<RouteConfiguration, RouteTable>> tables,
            List<Finding> rejections,
            List<Finding> unsupported) {
        this.snapshot = snapshot;
        this.clusters = Map.copyOf(clusters);
        this.tables = Map.copyOf(tables);
        this.rejections = List.copyOf(rejections);
        this.unsupported = List.copyOf(unsupported);
    }

    /** What a first compilation begins with. */
    public static Compilation nothing() {
        return new Compilation(new MeshSnapshot(Map.of(), Map.of(), null), Map.of(), Map.of(), List.of(), List.of());
    }

    public MeshSnapshot snapshot() {
        return snapshot;
    }

    /** Resources that were refused; the last good one of that name stays in the snapshot. */
    public List<Finding> rejections() {
        return rejections;
    }

    /** Fields that do not take effect. */
    public List<Finding> unsupported() {
        return unsupported;
    }

    /** What the snapshot names, for {@link io.inmesh.client.host.HostRegistry#retain}. */
    public Map<String, Set<String>> addressesByCluster() {
        Map<String, Set<String>> named = new HashMap<>();
        snapshot.clusters()
                .forEach((name, cluster) -> named.put(
                        name,
                        cluster.balancer().endpoints().endpoints().stream()
                                .map(endpoint -> endpoint.host().address())
                                .collect(Collectors.toUnmodifiableSet())));
        return named;
    }

    Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters() {
        return clusters;
    }

    Map<String, Compiled<RouteConfiguration, RouteTable>> tables() {
        return tables;
    }
}

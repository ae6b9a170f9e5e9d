package io.inmesh.client.compile;

import io.inmesh.client.balance.LocalCluster;
import io.inmesh.client.compile.ClusterCompiler.ClusterSource;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.state.XdsResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots for calls that go out. Apart from hosts' state, which it looks up in the registry, it is a pure function of the
 * configuration and of its own last result, whose parts it takes over where nothing they are made of has changed: a change of endpoints
 * makes one cluster anew and nothing else.
 */
public final class OutboundCompiler {

    private final ClusterCompiler clusterCompiler;
    private final HostRegistry registry;
    private final CallerPlace caller;

    /** Wires a compiler for a caller of whom nobody knows where it runs. */
    public OutboundCompiler(HostRegistry registry, RandomGenerator chance) {
        this(registry, chance, CallerPlace.UNKNOWN);
    }

    /**
     * Wires a compiler.
     *
     * @param chance for what the snapshot's parts draw at run time; thread-safe
     */
    public OutboundCompiler(HostRegistry registry, RandomGenerator chance, CallerPlace caller) {
        this.registry = registry;
        this.caller = caller;
        clusterCompiler = new ClusterCompiler(registry, chance);
    }

    /** Compiles a configuration. A resource that cannot be used is refused, and its last good form stays. */
    public Compilation compile(XdsResources resources, Compilation last) {
        Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters = clusters(resources, last);
        Ports ports = Ports.of(resources.listeners().byName().values());
        Map<String, Compiled<RouteConfiguration, RouteTable>> tables = tables(resources, ports, last);
        ServiceHosts hosts =
                new ServiceHosts(resources.routeConfigurations().byName().values());
        MeshSnapshot snapshot = new MeshSnapshot(
                ports.routes(
                        name -> valueOf(tables.get(name)),
                        hosts,
                        last.snapshot().ports()),
                values(clusters),
                ports.unmatched(last.snapshot().unmatched()),
                ports.refusesUnmatched() ? RawRoutes.ofRegistry(clusters.keySet(), hosts) : Map.of());
        List<Finding> rejections = new ArrayList<>();
        List<Finding> unsupported = new ArrayList<>(ports.unsupported());
        collect(clusters, rejections, unsupported);
        collect(tables, rejections, unsupported);
        return new Compilation(snapshot, clusters, tables, sorted(rejections), sorted(unsupported));
    }

    private Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters(XdsResources resources, Compilation last) {
        Map<String, Compiled<ClusterSource, UpstreamCluster>> compiled = new HashMap<>();
        LocalCluster callers = LocalCallers.of(resources.loadAssignments().byName(), caller);
        for (Cluster cluster : resources.clusters().byName().values()) {
            ClusterSource source =
                    ClusterSource.of(cluster, resources.loadAssignments().byName(), callers);
            compiled.put(cluster.name(), reuse(last.clusters().get(cluster.name()), source, clusterCompiler::compile));
        }
        return compiled;
    }

    private Map<String, Compiled<RouteConfiguration, RouteTable>> tables(
            XdsResources resources, Ports ports, Compilation last) {
        Map<String, Compiled<RouteConfiguration, RouteTable>> compiled = new HashMap<>();
        for (RouteConfiguration table :
                ports.tables(resources.routeConfigurations().byName())) {
            compiled.put(
                    table.name(),
                    reuse(last.tables().get(table.name()), table, one -> RouteTableCompiler.compile(one, registry)));
        }
        return compiled;
    }

    private static <S, T> Compiled<S, T> reuse(
            @Nullable Compiled<S, T> last, S source, Function<S, Compiled<S, T>> compiler) {
        // The caches hand over unchanged resources as the same instances, so that this comparison is cheap.
        if (last != null && last.source().equals(source)) {
            return last;
        }
        Compiled<S, T> fresh = compiler.apply(source);
        if (fresh.value() != null || last == null) {
            return fresh;
        }
        return new Compiled<>(source, last.value(), fresh.unsupported(), fresh.rejection());
    }

    private static <T> @Nullable T valueOf(@Nullable Compiled<?, T> compiled) {
        return compiled == null ? null : compiled.value();
    }

    private static Map<String, UpstreamCluster> values(Map<String, Compiled<ClusterSource, UpstreamCluster>> clusters) {
        Map<String, UpstreamCluster> values = new HashMap<>();
        clusters.forEach((name, compiled) -> {
            UpstreamCluster cluster = compiled.value();
            if (cluster != null) {
                values.put(name, cluster);
            }
        });
        return values;
    }

    private static void collect(
            Map<String, ? extends Compiled<?, ?>> compiled, List<Finding> rejections, List<Finding> unsupported) {
        for (Compiled<?, ?> one : compiled.values()) {
            unsupported.addAll(one.unsupported());
            Finding rejection = one.rejection();
            if (rejection != null) {
                rejections.add(rejection);
            }
        }
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().distinct().sorted().toList();
    }
}

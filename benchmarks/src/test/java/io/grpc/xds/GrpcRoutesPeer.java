package io.grpc.xds;

import io.grpc.Metadata;
import io.grpc.xds.VirtualHost.Route;
import io.grpc.xds.VirtualHost.Route.RouteMatch;
import io.grpc.xds.VirtualHost.Route.RouteMatch.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The search of grpc-java's xDS resolver over the tables of {@code RoutesBenchmark}; in its package, because it is not public. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrpcRoutesPeer {

    @Param({"1", "10000"})
    public int size;

    private final Metadata headers = new Metadata();
    private List<VirtualHost> prefixes = List.of();
    private List<VirtualHost> exacts = List.of();
    private List<VirtualHost> hosts = List.of();

    @Setup
    public void build() {
        prefixes = hosts(1, size, path -> PathMatcher.fromPrefix("/item" + path + "/", true));
        exacts = hosts(1, size, path -> PathMatcher.fromPath("/item" + path, true));
        hosts = hosts(size, 1, path -> PathMatcher.fromPrefix("/item" + path + "/", true));
    }

    @Benchmark
    public @Nullable Object prefixes() {
        return find(prefixes, "/item9999/reviews");
    }

    @Benchmark
    public @Nullable Object exactPaths() {
        return find(exacts, "/item9999");
    }

    @Benchmark
    public @Nullable Object virtualHosts() {
        return find(hosts, "/item9999/reviews");
    }

    private @Nullable Route find(List<VirtualHost> all, String path) {
        VirtualHost host = RoutingUtils.findVirtualHostForHostName(all, "host9999.shop.svc.cluster.local");
        for (Route route : host.routes()) {
            if (RoutingUtils.matchRoute(
                    route.routeMatch(), path, headers, ThreadSafeRandom.ThreadSafeRandomImpl.instance)) {
                return route;
            }
        }
        return null;
    }

    private static List<VirtualHost> hosts(int hosts, int routes, IntFunction<PathMatcher> path) {
        List<VirtualHost> all = new ArrayList<>();
        for (int host = 10_000 - hosts; host < 10_000; host++) {
            List<Route> some = new ArrayList<>();
            for (int i = 10_000 - routes; i < 10_000; i++) {
                RouteMatch match = RouteMatch.create(path.apply(i), List.of(), null);
                some.add(Route.forNonForwardingAction(match, Map.of()));
            }
            all.add(VirtualHost.create(
                    "host" + host, List.of("host" + host + ".shop.svc.cluster.local"), some, Map.of()));
        }
        return all;
    }
}

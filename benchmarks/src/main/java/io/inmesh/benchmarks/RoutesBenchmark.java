package io.inmesh.benchmarks;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.HostMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import java.util.ArrayList;
import java.util.List;
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

/** Authority to virtual host to route, where the last of many is the one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutesBenchmark {

    @Param({"1", "10", "100", "1000", "10000"})
    public int size;

    private final MeshRequest request =
            new StubRequest("host9999.shop.svc.cluster.local:80", "/item9999/reviews?page=1");
    private final MeshRequest exactRequest = new StubRequest("host9999.shop.svc.cluster.local:80", "/item9999?page=1");

    private RouteTable prefixes =
            new RouteTable("", HostMatcher.<CompiledVirtualHost>builder(true).build());
    private RouteTable exacts = prefixes;
    private RouteTable hosts = prefixes;

    @Setup
    public void compile() {
        prefixes = table(1, host -> virtualHost(size, path -> new PathMatcher.Prefix("/item" + path + "/", true)));
        exacts = table(1, host -> virtualHost(size, path -> new PathMatcher.Exact("/item" + path, true)));
        hosts = table(size, host -> virtualHost(1, path -> new PathMatcher.Prefix("/item" + path + "/", true)));
    }

    /** One virtual host of so many prefixes. */
    @Benchmark
    public @Nullable CompiledRoute prefixes() {
        return find(prefixes, request);
    }

    /** One virtual host of so many exact paths. */
    @Benchmark
    public @Nullable CompiledRoute exactPaths() {
        return find(exacts, exactRequest);
    }

    /** So many virtual hosts of one route. */
    @Benchmark
    public @Nullable CompiledRoute virtualHosts() {
        return find(hosts, request);
    }

    private static @Nullable CompiledRoute find(RouteTable table, MeshRequest request) {
        CompiledVirtualHost host = table.hosts().find(request.authority());
        return host == null ? null : host.match(request, 7);
    }

    private static RouteTable table(int hosts, IntFunction<CompiledVirtualHost> virtualHost) {
        HostMatcher.Builder<CompiledVirtualHost> all = HostMatcher.builder(true);
        for (int host = 10_000 - hosts; host < 10_000; host++) {
            all.add("host" + host + ".shop.svc.cluster.local", virtualHost.apply(host));
        }
        return new RouteTable("80", all.build());
    }

    private static CompiledVirtualHost virtualHost(int routes, IntFunction<PathMatcher> path) {
        List<CompiledRoute> all = new ArrayList<>();
        for (int i = 10_000 - routes; i < 10_000; i++) {
            RouteMatcher matcher = new RouteMatcher(path.apply(i), List.of(), List.of(), null, false, null);
            all.add(new CompiledRoute("", "host", "", "", matcher, new RouteTarget.Unsupported(""), null));
        }
        return new CompiledVirtualHost("host", all);
    }
}

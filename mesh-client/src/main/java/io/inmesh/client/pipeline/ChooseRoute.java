package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import org.jspecify.annotations.Nullable;

/** Authority to virtual host to the first matching route to a cluster by weight. */
final class ChooseRoute implements Step {

    private final boolean deadlines;

    ChooseRoute(BeyondEnvoy beyond) {
        deadlines = beyond.deadlines();
    }

    @Override
    public Next run(OutboundCall call) {
        RouteTable table = table(call.snapshot, call.request);
        call.raw = table == null;
        CompiledRoute route = table == null ? raw(call.snapshot, call.request) : find(table, call.request, call.random);
        if (route == null) {
            call.replied(LocalReplies.routeNotFound(call.request));
            return Next.REPLY;
        }
        LocalPolicy local = call.local();
        if (local != null) {
            route = local.apply(call.snapshot, route);
        }
        call.route = route;
        if (route.target() instanceof RouteTarget.Forward forward) {
            call.forward = forward;
            call.timeouts = forward.timeouts().of(call.request, RouteMatcher.isGrpc(call.request));
            call.moved();
            Deadline inbound = deadlines ? Deadline.current() : null;
            if (inbound != null) {
                call.deadlineNanos = inbound.atNanos();
            }
            call.share = forward.clusters().choose(call.random);
        }
        return Next.CONTINUE;
    }

    static @Nullable CompiledRoute find(MeshSnapshot snapshot, MeshRequest request, long random) {
        RouteTable table = table(snapshot, request);
        return table == null ? raw(snapshot, request) : find(table, request, random);
    }

    private static @Nullable CompiledRoute raw(MeshSnapshot snapshot, MeshRequest request) {
        return snapshot.raw(Authority.port(request), request.authority());
    }

    private static @Nullable CompiledRoute find(RouteTable table, MeshRequest request, long random) {
        CompiledVirtualHost host = table.hosts().find(request.authority());
        return host == null ? null : host.match(request, random);
    }

    /** Like Envoy's virtualOutbound: what no table takes, TLS of the application's own above all, is not looked into. */
    static @Nullable RouteTable table(MeshSnapshot snapshot, MeshRequest request) {
        return request.scheme().equals("http") ? snapshot.table(Authority.port(request), request.authority()) : null;
    }
}

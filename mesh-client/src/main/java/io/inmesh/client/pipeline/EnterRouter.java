package io.inmesh.client.pipeline;

import io.inmesh.api.http.LocalReply;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import java.util.Objects;

/** Answers what needs no upstream; else finds the cluster and begins what covers all attempts: timers and retries. */
final class EnterRouter implements Step {

    private final BeyondEnvoy beyond;

    EnterRouter(BeyondEnvoy beyond) {
        this.beyond = beyond;
    }

    @Override
    public Next run(OutboundCall call) {
        CompiledRoute route = Objects.requireNonNull(call.route, "route");
        call.routerNanos = call.nowNanos;
        if (call.request.complete()) {
            CallLimits.startRoute(call, call.nowNanos);
        }
        if (!(route.target() instanceof RouteTarget.Forward forward)) {
            call.replied(answer(call, route.target()));
            return Next.REPLY;
        }
        ClusterChoice.Share share = Objects.requireNonNull(call.share, "share");
        UpstreamCluster cluster = call.snapshot.cluster(share.cluster());
        if (cluster == null) {
            call.replied(LocalReplies.clusterNotFound(call.request, forward.clusterNotFoundStatus()));
            return Next.REPLY;
        }
        LocalPolicy local = call.local();
        call.cluster = local == null ? cluster : local.apply(call.snapshot, cluster);
        call.retries = forward.retry().covers(call.request);
        if (beyond.retrySafety()) {
            call.cluster().state().retryTokens().earn();
        }
        return Next.CONTINUE;
    }

    private static LocalReply answer(OutboundCall call, RouteTarget target) {
        if (target instanceof RouteTarget.DirectResponse direct) {
            return LocalReplies.direct(call, direct);
        }
        if (target instanceof RouteTarget.Redirect redirect) {
            return LocalReplies.redirect(call, redirect);
        }
        return LocalReplies.routeNotFound(call.request);
    }
}

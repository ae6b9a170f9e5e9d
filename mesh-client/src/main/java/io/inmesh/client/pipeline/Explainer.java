package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.pipeline.Explanation.Miss;
import io.inmesh.client.pipeline.Explanation.Policy;
import io.inmesh.client.pipeline.Explanation.Source;
import io.inmesh.client.resilience.FaultAbort;
import io.inmesh.client.resilience.FaultDelay;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.PolicyChoice;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.route.RetryOn;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into data which way a request would go, with the very search that calls use. */
final class Explainer {

    private final MeshSnapshot snapshot;
    private final MeshRequest request;
    private final long random;
    private final @Nullable LocalPolicy local;

    Explainer(MeshSnapshot snapshot, MeshRequest request, long random, @Nullable LocalPolicy local) {
        this.snapshot = snapshot;
        this.request = request;
        this.random = random;
        this.local = local;
    }

    static Explanation notReady() {
        return new Explanation("not ready", "", "", "", Source.NONE, List.of(), "", "", 0, Policy.NONE, List.of());
    }

    Explanation explain() {
        RouteTable table = ChooseRoute.table(snapshot, request);
        CompiledVirtualHost host = table == null ? null : table.hosts().find(request.authority());
        CompiledRoute route = ChooseRoute.find(snapshot, request, random);
        String tableName = table == null ? "" : table.name();
        List<Miss> misses = host == null ? List.of() : misses(host, route);
        if (route == null) {
            String name = host == null ? "" : host.name();
            return new Explanation(
                    "reply", tableName, name, "", Source.NONE, misses, "", "", 404, Policy.NONE, List.of());
        }
        List<PolicyChoice> settings = settings(route);
        if (local != null) {
            route = local.apply(snapshot, route);
        }
        RouteTarget.Forward forward = route.target() instanceof RouteTarget.Forward to ? to : null;
        return new Explanation(
                forward == null ? "reply" : "forward",
                tableName,
                route.virtualHost(),
                route.name(),
                new Source(route.istioConfig(), route.origin()),
                misses,
                fault(route.fault()),
                forward == null ? "" : rewrite(forward),
                forward == null ? status(route.target()) : 0,
                forward == null ? Policy.NONE : policy(forward),
                forward == null ? List.of() : new ExplainedClusters(snapshot).of(forward.clusters()),
                settings);
    }

    private List<PolicyChoice> settings(CompiledRoute route) {
        if (local == null) {
            return List.of();
        }
        UpstreamCluster cluster = route.target() instanceof RouteTarget.Forward forward
                ? snapshot.cluster(forward.clusters().choose(random).cluster())
                : null;
        return local.choices(route, cluster);
    }

    private List<Miss> misses(CompiledVirtualHost host, @Nullable CompiledRoute taken) {
        List<Miss> misses = new ArrayList<>();
        for (CompiledRoute route : host.routes()) {
            if (route.equals(taken)) {
                return misses;
            }
            route.matcher()
                    .miss(request, random)
                    .ifPresent(reason -> misses.add(
                            new Miss(route.name(), new Source(route.istioConfig(), route.origin()), reason)));
        }
        return misses;
    }

    private static int status(RouteTarget target) {
        if (target instanceof RouteTarget.DirectResponse direct) {
            return direct.status();
        }
        return target instanceof RouteTarget.Redirect redirect ? redirect.status() : 404;
    }

    /** What goes out instead of what the caller wrote; an authority that depends on the endpoint is not known yet. */
    private String rewrite(RouteTarget.Forward forward) {
        List<String> parts = new ArrayList<>();
        String path = forward.rewrite().path(request);
        if (!path.equals(request.path())) {
            parts.add("path " + path);
        }
        String authority = forward.rewrite().authority(request, "");
        if (!authority.equals(request.authority())) {
            parts.add("authority " + authority);
        }
        return String.join(", ", parts);
    }

    private static Policy policy(RouteTarget.Forward forward) {
        RetryPolicy retry = forward.retry();
        boolean retries = !retry.retryOn().isEmpty();
        return new Policy(
                Duration.ofNanos(forward.timeouts().globalNanos()),
                Duration.ofNanos(forward.timeouts().perTryNanos()),
                retry.retryOn().stream().map(RetryOn::token).toList(),
                retries ? retry.numRetries() : 0,
                retries ? Duration.ofMillis(retry.backOff().baseMillis()) : Duration.ZERO,
                retries ? Duration.ofMillis(retry.backOff().maxMillis()) : Duration.ZERO,
                retries && retry.hosts().avoidTried());
    }

    private static String fault(@Nullable FaultPolicy fault) {
        if (fault == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        FaultDelay delay = fault.delay();
        if (delay != null) {
            String much = delay.nanos() == FaultDelay.BY_HEADER
                    ? "by header"
                    : Duration.ofNanos(delay.nanos()).toMillis() + " ms";
            parts.add("delay " + much + " for " + share(delay.share()));
        }
        FaultAbort abort = fault.abort();
        if (abort != null) {
            FaultPolicy.Answer answer = abort.answer();
            parts.add("abort " + (answer == null ? "by header" : answer.status()) + " for " + share(abort.share()));
        }
        return String.join(", ", parts);
    }

    private static String share(Fraction share) {
        return BigDecimal.valueOf(100L * share.numerator())
                        .divide(BigDecimal.valueOf(share.denominator()))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}

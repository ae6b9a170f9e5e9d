package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.pipeline.Explanation.Destination;
import io.inmesh.client.pipeline.Explanation.EndpointState;
import io.inmesh.client.pipeline.Explanation.Miss;
import io.inmesh.client.pipeline.Explanation.Policy;
import io.inmesh.client.resilience.FaultAbort;
import io.inmesh.client.resilience.FaultDelay;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.CompiledVirtualHost;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.tls.TransportSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts into data which way a request would go, with the very search that calls use. */
final class Explainer {

    private final MeshSnapshot snapshot;
    private final MeshRequest request;
    private final long random;

    Explainer(MeshSnapshot snapshot, MeshRequest request, long random) {
        this.snapshot = snapshot;
        this.request = request;
        this.random = random;
    }

    static Explanation notReady() {
        return new Explanation("not ready", "", "", "", List.of(), "", 0, Policy.NONE, List.of());
    }

    Explanation explain() {
        CompiledVirtualHost host = virtualHost();
        CompiledRoute route = ChooseRoute.find(snapshot, request, random);
        List<Miss> misses = host == null ? List.of() : misses(host, route);
        if (route == null) {
            String name = host == null ? "" : host.name();
            return new Explanation("reply", name, "", "", misses, "", 404, Policy.NONE, List.of());
        }
        if (route.target() instanceof RouteTarget.Forward forward) {
            return explanation("forward", route, misses, 0, policy(forward), destinations(forward.clusters()));
        }
        return explanation("reply", route, misses, status(route.target()), Policy.NONE, List.of());
    }

    private static Explanation explanation(
            String verdict,
            CompiledRoute route,
            List<Miss> misses,
            int reply,
            Policy policy,
            List<Destination> destinations) {
        return new Explanation(
                verdict,
                route.virtualHost(),
                route.name(),
                route.istioConfig(),
                misses,
                fault(route.fault()),
                reply,
                policy,
                destinations);
    }

    private @Nullable CompiledVirtualHost virtualHost() {
        RouteTable table = ChooseRoute.table(snapshot, request);
        return table == null ? null : table.hosts().find(request.authority());
    }

    private List<Miss> misses(CompiledVirtualHost host, @Nullable CompiledRoute taken) {
        List<Miss> misses = new ArrayList<>();
        for (CompiledRoute route : host.routes()) {
            if (route.equals(taken)) {
                return misses;
            }
            route.matcher()
                    .miss(request, random)
                    .ifPresent(reason -> misses.add(new Miss(route.name(), route.istioConfig(), reason)));
        }
        return misses;
    }

    private static int status(RouteTarget target) {
        if (target instanceof RouteTarget.DirectResponse direct) {
            return direct.status();
        }
        return target instanceof RouteTarget.Redirect redirect ? redirect.status() : 404;
    }

    private static Policy policy(RouteTarget.Forward forward) {
        RetryPolicy retry = forward.retry();
        return new Policy(
                Duration.ofNanos(forward.timeouts().globalNanos()),
                Duration.ofNanos(forward.timeouts().perTryNanos()),
                retry.retryOn().stream().map(RetryOn::token).toList(),
                retry.retryOn().isEmpty() ? 0 : retry.numRetries());
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
                    : Duration.ofNanos(delay.nanos()).toString();
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
        return share.numerator() + "/" + share.denominator();
    }

    private List<Destination> destinations(ClusterChoice choice) {
        return choice.shares().stream()
                .map(share -> destination(share, choice.total()))
                .toList();
    }

    private Destination destination(ClusterChoice.Share share, long total) {
        UpstreamCluster cluster = snapshot.cluster(share.cluster());
        if (cluster == null) {
            return new Destination(share.cluster(), share.weight(), total, false, "", "", false, List.of());
        }
        return new Destination(
                share.cluster(),
                share.weight(),
                total,
                true,
                cluster.definition().metadata().istioConfig().orElse(""),
                cluster.definition().lbPolicy().getClass().getSimpleName(),
                cluster.balancer().panic(),
                cluster.balancer().endpoints().endpoints().stream()
                        .map(Explainer::endpoint)
                        .toList());
    }

    private static EndpointState endpoint(Endpoint endpoint) {
        return new EndpointState(
                endpoint.host().address(),
                endpoint.priority(),
                endpoint.description().weight(),
                endpoint.description().health().name(),
                endpoint.host().ejected(),
                endpoint.host().outlier().ejections(),
                endpoint.host().activeRequests().get(),
                !(endpoint.transport() instanceof TransportSocket.Raw));
    }
}

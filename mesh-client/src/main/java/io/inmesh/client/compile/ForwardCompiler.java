package io.inmesh.client.compile;

import io.inmesh.client.resilience.BackOff;
import io.inmesh.client.resilience.ResetHeader;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.StatusCodes;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.MirrorPolicy;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.PerFilterConfig;
import io.inmesh.xds.model.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a forwarding route does: clusters by weight, timers, retries, rewrites, headers. */
final class ForwardCompiler {

    /** Each makes a copy of a request. */
    private static final int MOST_MIRRORS = 16;

    private final RouteScope scope;
    private final FaultCompiler faults;

    ForwardCompiler(RouteScope scope) {
        this.scope = scope;
        faults = new FaultCompiler(scope);
    }

    RouteTarget compile(Forward forward, Route route, List<HeaderMutations> levels) {
        List<ClusterChoice.Share> shares = shares(forward.cluster(), route, levels);
        if (shares.isEmpty()) {
            scope.unsupported("route.cluster_specifier", "requests that match are answered with 404");
            return new RouteTarget.Unsupported("cluster_specifier");
        }
        RetryPolicy retry = retry(forward.retryPolicy() == null ? scope.host().retryPolicy() : forward.retryPolicy());
        return new RouteTarget.Forward(
                ClusterChoice.of(shares),
                TimeoutsCompiler.of(forward.timeouts(), retry.perTryTimeoutNanos()),
                retry,
                new RewriteCompiler(scope.regexes()).of(forward, route.match().path()),
                forward.clusterNotFoundResponseCode(),
                scope.host().includeRequestAttemptCount(),
                scope.host().includeAttemptCountInResponse(),
                forward.priority() == Forward.RoutingPriority.HIGH,
                HashCompiler.compile(forward.hashPolicies()),
                mirrors(forward),
                new CorsCompiler(scope).compile(levelsOf(route)));
    }

    private List<ClusterChoice.Share> shares(ClusterSpecifier specifier, Route route, List<HeaderMutations> levels) {
        if (specifier instanceof ClusterSpecifier.Single single) {
            HeaderEditsCompiler headers = scope.headers(levels);
            return List.of(new ClusterChoice.Share(
                    single.cluster(), 1, headers.request(), headers.response(), null, faults.compile(levelsOf(route))));
        }
        List<ClusterChoice.Share> shares = new ArrayList<>();
        if (specifier instanceof ClusterSpecifier.Weighted weighted) {
            weighted.clusters().forEach(cluster -> shares.add(share(cluster, route, levels)));
        }
        return shares;
    }

    private ClusterChoice.Share share(
            ClusterSpecifier.WeightedCluster cluster, Route route, List<HeaderMutations> levels) {
        List<HeaderMutations> all = new ArrayList<>();
        all.add(cluster.headers());
        all.addAll(levels);
        HeaderEditsCompiler headers = scope.headers(all);
        List<Map<String, PerFilterConfig>> filters = new ArrayList<>();
        filters.add(cluster.perFilterConfig());
        filters.addAll(levelsOf(route));
        return new ClusterChoice.Share(
                cluster.name(),
                cluster.weight(),
                headers.request(),
                headers.response(),
                cluster.hostRewriteLiteral(),
                faults.compile(filters));
    }

    private List<Map<String, PerFilterConfig>> levelsOf(Route route) {
        return List.of(
                route.perFilterConfig(),
                scope.host().perFilterConfig(),
                scope.table().perFilterConfig());
    }

    private List<MirrorPolicy> mirrors(Forward forward) {
        if (forward.requestMirrorPolicies().size() > MOST_MIRRORS) {
            scope.unsupported("route.request_mirror_policies", "only the first " + MOST_MIRRORS + " take effect");
        }
        return forward.requestMirrorPolicies().stream()
                .limit(MOST_MIRRORS)
                .map(mirror -> new MirrorPolicy(
                        mirror.cluster(),
                        Matchers.fraction(mirror.runtimeFraction()),
                        mirror.disableShadowHostSuffixAppend()))
                .toList();
    }

    private RetryPolicy retry(io.inmesh.xds.model.route.@Nullable RetryPolicy policy) {
        if (policy == null) {
            return RetryPolicy.NONE;
        }
        String field = "route.retry_policy";
        return new RetryPolicy(
                policy.retryOn(),
                policy.numRetries(),
                TimeoutsCompiler.nanos(policy.perTryTimeout()),
                TimeoutsCompiler.nanos(policy.perTryIdleTimeout()),
                backOff(policy.backOff()),
                hosts(policy.hostSelection()),
                StatusCodes.of(policy.retriableStatusCodes()),
                scope.matchers().retriableHeaders(policy, scope, field),
                scope.matchers().retriableRequestHeaders(policy, scope, field));
    }

    private static BackOff backOff(io.inmesh.xds.model.route.RetryPolicy.BackOff backOff) {
        io.inmesh.xds.model.route.RetryPolicy.RateLimited limited = backOff.rateLimited();
        return new BackOff(
                backOff.baseInterval().toMillis(),
                backOff.maxInterval().toMillis(),
                limited == null
                        ? List.of()
                        : limited.headers().stream()
                                .map(header -> new ResetHeader(header.name(), header.timestamp()))
                                .toList(),
                limited == null ? 0 : limited.maxInterval().toMillis());
    }

    private static RetryPolicy.OtherHosts hosts(io.inmesh.xds.model.route.RetryPolicy.HostSelection selection) {
        return new RetryPolicy.OtherHosts(
                selection.maxAttempts(), selection.previousHosts(), selection.previousPriorities());
    }
}

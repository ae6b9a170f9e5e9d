package io.inmesh.client.compile;

import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.StatusCodes;
import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.RouteTimeouts;
import io.inmesh.xds.model.route.VirtualHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a forwarding route does: clusters by weight, timers, retries, rewrites, headers. */
final class ForwardCompiler {

    private final RouteConfiguration table;
    private final VirtualHost host;
    private final Findings findings;
    private final String path;

    ForwardCompiler(RouteConfiguration table, VirtualHost host, Findings findings, String path) {
        this.table = table;
        this.host = host;
        this.findings = findings;
        this.path = path;
    }

    RouteTarget compile(Forward forward, Route route, List<HeaderMutations> levels) {
        List<ClusterChoice.Share> shares = shares(forward.cluster(), levels);
        if (shares.isEmpty()) {
            findings.unsupported(path + ".route.cluster_specifier", "requests that match are answered with 404");
            return new RouteTarget.Unsupported("cluster_specifier");
        }
        report(forward);
        RetryPolicy retry = retry(forward.retryPolicy() == null ? host.retryPolicy() : forward.retryPolicy());
        RouteTimeouts timeouts = forward.timeouts();
        return new RouteTarget.Forward(
                ClusterChoice.of(shares),
                new Timeouts(
                        nanos(Objects.requireNonNullElse(timeouts.timeout(), RouteTimeouts.DEFAULT_TIMEOUT)),
                        retry.perTryTimeoutNanos()),
                retry,
                RewriteCompiler.of(forward, route.match().path()),
                forward.clusterNotFoundResponseCode(),
                host.includeRequestAttemptCount(),
                host.includeAttemptCountInResponse(),
                forward.priority() == Forward.RoutingPriority.HIGH,
                HashCompiler.compile(forward.hashPolicies()));
    }

    private List<ClusterChoice.Share> shares(ClusterSpecifier specifier, List<HeaderMutations> levels) {
        if (specifier instanceof ClusterSpecifier.Single single) {
            HeaderEditsCompiler headers = edits(levels);
            return List.of(new ClusterChoice.Share(single.cluster(), 1, headers.request(), headers.response(), null));
        }
        List<ClusterChoice.Share> shares = new ArrayList<>();
        if (specifier instanceof ClusterSpecifier.Weighted weighted) {
            for (int i = 0; i < weighted.clusters().size(); i++) {
                shares.add(share(weighted.clusters().get(i), i, levels));
            }
        }
        return shares;
    }

    private ClusterChoice.Share share(
            ClusterSpecifier.WeightedCluster cluster, int index, List<HeaderMutations> levels) {
        if (!cluster.perFilterConfig().isEmpty()) {
            findings.unsupported(path + ".route.weighted_clusters.clusters[" + index + "].typed_per_filter_config");
        }
        List<HeaderMutations> all = new ArrayList<>();
        all.add(cluster.headers());
        all.addAll(levels);
        HeaderEditsCompiler headers = edits(all);
        return new ClusterChoice.Share(
                cluster.name(), cluster.weight(), headers.request(), headers.response(), cluster.hostRewriteLiteral());
    }

    private HeaderEditsCompiler edits(List<HeaderMutations> mostSpecificFirst) {
        return new HeaderEditsCompiler(mostSpecificFirst, table.mostSpecificHeaderMutationsWins(), findings, path);
    }

    private void report(Forward forward) {
        if (!forward.requestMirrorPolicies().isEmpty()) {
            findings.unsupported(path + ".route.request_mirror_policies");
        }
        if (on(forward.timeouts().idleTimeout())) {
            findings.unsupported(path + ".route.idle_timeout");
        }
        if (on(forward.timeouts().maxStreamDuration())) {
            findings.unsupported(path + ".route.max_stream_duration");
        }
    }

    private static boolean on(@Nullable Duration duration) {
        return duration != null && !duration.isZero();
    }

    private RetryPolicy retry(io.inmesh.xds.model.route.@Nullable RetryPolicy policy) {
        if (policy == null) {
            return RetryPolicy.NONE;
        }
        String field = path + ".route.retry_policy";
        if (on(policy.perTryIdleTimeout())) {
            findings.unsupported(field + ".per_try_idle_timeout");
        }
        if (policy.hostSelection().previousPriorities() > 0) {
            findings.unsupported(field + ".retry_priority");
        }
        return new RetryPolicy(
                policy.retryOn(),
                policy.numRetries(),
                policy.perTryTimeout() == null ? 0 : nanos(policy.perTryTimeout()),
                policy.backOff().baseInterval().toMillis(),
                policy.backOff().maxInterval().toMillis(),
                policy.hostSelection().maxAttempts(),
                policy.hostSelection().previousHosts(),
                StatusCodes.of(policy.retriableStatusCodes()),
                Matchers.retriableHeaders(policy, findings, field),
                Matchers.retriableRequestHeaders(policy, findings, field));
    }

    // About 292 years is as good as no timeout, and fits.
    private static long nanos(Duration duration) {
        return duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000 ? 0 : duration.toNanos();
    }
}

package io.inmesh.client.route;

import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.resilience.BackOff;
import io.inmesh.client.resilience.FaultAbort;
import io.inmesh.client.resilience.FaultDelay;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.resilience.RetryPolicy;
import io.inmesh.client.resilience.StatusCodes;
import io.inmesh.xds.model.route.RetryOn;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A route with what an application's own policy adds to it where no operator has said anything, field by field. */
final class RouteOverlay {

    private static final Set<RetryOn> ISTIOS = EnumSet.of(
            RetryOn.CONNECT_FAILURE,
            RetryOn.REFUSED_STREAM,
            RetryOn.UNAVAILABLE,
            RetryOn.CANCELLED,
            RetryOn.RETRIABLE_STATUS_CODES);
    private static final int ISTIOS_ATTEMPTS = 2;
    private static final int BACK_OFFS = 10;
    private static final int PERCENT = 100;

    private final CallPolicy policy;
    private final CompiledRoute route;

    RouteOverlay(CallPolicy policy, CompiledRoute route) {
        this.policy = policy;
        this.route = route;
    }

    CompiledRoute compile() {
        RouteTarget target = route.target() instanceof RouteTarget.Forward forward ? forward(forward) : route.target();
        return new CompiledRoute(
                route.name(),
                route.virtualHost(),
                route.operation(),
                route.istioConfig(),
                route.origin(),
                route.matcher(),
                target,
                fault(route.fault()),
                route.written());
    }

    /** Whether the field is the operator's to say. */
    boolean operators(PolicyField field) {
        if (field.block().equals("fault")) {
            return route.written().cover(field.path(), faulty());
        }
        if (!(route.target() instanceof RouteTarget.Forward forward)) {
            return true;
        }
        return switch (field.block()) {
            case "timeout" ->
                route.written().cover(field.path(), forward.timeouts().globalNanos() != 0);
            case "retries" -> route.written().cover(field.path(), wished(forward.retry()));
            // A VirtualService that takes the request has said where it goes.
            case "route" ->
                field == PolicyField.ROUTE_SUBSET && !route.istioConfig().isEmpty();
            default -> false;
        };
    }

    private boolean faulty() {
        return route.target() instanceof RouteTarget.Forward forward
                ? forward.clusters().shares().stream().anyMatch(share -> share.fault() != null)
                : route.fault() != null;
    }

    private static boolean wished(RetryPolicy retry) {
        boolean istios = retry.numRetries() == ISTIOS_ATTEMPTS
                && retry.perTryTimeoutNanos() == 0
                && ISTIOS.containsAll(retry.retryOn());
        return !retry.retryOn().isEmpty() && !istios;
    }

    private boolean ours(PolicyField field) {
        return policy.setting(field).isPresent() && !operators(field);
    }

    private RouteTarget.Forward forward(RouteTarget.Forward base) {
        RetryPolicy retry = policy.has("retries") ? retry(base.retry()) : base.retry();
        long global = ours(PolicyField.TIMEOUT)
                ? nanos(PolicyField.TIMEOUT)
                : base.timeouts().globalNanos();
        return new RouteTarget.Forward(
                shares(base.clusters()),
                base.timeouts().with(global, retry.perTryTimeoutNanos()),
                retry,
                base.rewrite(),
                base.clusterNotFoundStatus(),
                base.attemptCountInRequest(),
                base.attemptCountInResponse(),
                base.highPriority(),
                base.hash(),
                base.mirrors(),
                base.cors());
    }

    private long nanos(PolicyField field) {
        return policy.duration(field).orElseThrow().toNanos();
    }

    private RetryPolicy retry(RetryPolicy base) {
        long attempts = ours(PolicyField.RETRY_ATTEMPTS)
                ? policy.number(PolicyField.RETRY_ATTEMPTS).orElseThrow()
                : base.numRetries();
        if (attempts == 0) {
            return RetryPolicy.NONE;
        }
        Set<RetryOn> conditions = new HashSet<>(base.retryOn().isEmpty() ? ISTIOS : base.retryOn());
        StatusCodes statuses = base.retriableStatusCodes();
        if (ours(PolicyField.RETRY_ON)) {
            Set<Integer> codes = new HashSet<>();
            conditions.clear();
            RetryWords.read(policy.list(PolicyField.RETRY_ON), conditions, codes);
            statuses = StatusCodes.of(codes);
        }
        boolean paced = ours(PolicyField.RETRY_BACKOFF);
        long first = paced
                ? Math.max(
                        1,
                        policy.duration(PolicyField.RETRY_BACKOFF).orElseThrow().toMillis())
                : 0;
        return new RetryPolicy(
                conditions,
                attempts,
                ours(PolicyField.RETRY_PER_TRY_TIMEOUT)
                        ? nanos(PolicyField.RETRY_PER_TRY_TIMEOUT)
                        : base.perTryTimeoutNanos(),
                base.perTryIdleNanos(),
                paced
                        ? new BackOff(
                                first,
                                first * BACK_OFFS,
                                base.backOff().resetHeaders(),
                                base.backOff().resetMaxMillis())
                        : base.backOff(),
                new RetryPolicy.OtherHosts(
                        base.hosts().maxAttempts(),
                        base.retryOn().isEmpty() || base.hosts().avoidTried(),
                        base.hosts().priorityInterval()),
                statuses,
                base.retriableHeaders(),
                base.retriableRequestHeaders());
    }

    private ClusterChoice shares(ClusterChoice base) {
        String subset = ours(PolicyField.ROUTE_SUBSET)
                ? policy.text(PolicyField.ROUTE_SUBSET).orElseThrow()
                : null;
        List<ClusterChoice.Share> shares = base.shares().stream()
                .map(share -> new ClusterChoice.Share(
                        subset == null ? share.cluster() : withSubset(share.cluster(), subset),
                        share.weight(),
                        share.requestHeaders(),
                        share.responseHeaders(),
                        share.authority(),
                        fault(share.fault())))
                .toList();
        return ClusterChoice.of(shares);
    }

    /** Istio's names of clusters are {@code direction|port|subset|host}; others have no subsets. */
    static String withSubset(String cluster, String subset) {
        String[] parts = cluster.split("\\|", -1);
        return parts.length == 4 ? parts[0] + "|" + parts[1] + "|" + subset + "|" + parts[3] : cluster;
    }

    private @Nullable FaultPolicy fault(@Nullable FaultPolicy base) {
        if (!policy.has("fault") || operators(PolicyField.FAULT_DELAY)) {
            return base;
        }
        FaultDelay delay = policy.duration(PolicyField.FAULT_DELAY)
                .map(hold -> new FaultDelay(hold.toNanos(), share(PolicyField.FAULT_DELAY_PERCENT)))
                .orElse(null);
        OptionalLong status = policy.number(PolicyField.FAULT_ABORT_STATUS);
        FaultAbort abort = status.isEmpty()
                ? null
                : new FaultAbort(
                        new FaultPolicy.Answer((int) status.getAsLong(), -1), share(PolicyField.FAULT_ABORT_PERCENT));
        return new FaultPolicy(delay, abort, List.of(), null, null, 0);
    }

    private Fraction share(PolicyField field) {
        return new Fraction(policy.number(field).orElse(PERCENT), PERCENT);
    }
}

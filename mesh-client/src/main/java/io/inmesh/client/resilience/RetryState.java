package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.host.Host;
import io.inmesh.client.resilience.RetryPolicy.ResponseHeader;
import io.inmesh.xds.model.route.RetryOn;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides after each attempt of one call whether another is made. Holds a place among the cluster's retries from that decision until
 * the next. Not thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter</a>
 */
public final class RetryState {

    /** What to do after an attempt. */
    public enum Decision {
        /** The outcome is none that the policy repeats. */
        NO,
        /** Another attempt, after {@link RetryState#backOffMillis}. */
        RETRY,
        /** The outcome would be repeated, but the policy's number is used up: flag URX. */
        LIMIT_EXCEEDED,
        /** The outcome would be repeated, but the cluster has as many retries as it may: flag UO. */
        OVERFLOW
    }

    private final RetryPolicy policy;
    private final BackOff backOff;
    private final List<Host> previousHosts = new ArrayList<>(3);
    private long remaining;
    private @Nullable Admission held;

    public RetryState(RetryPolicy policy) {
        this.policy = policy;
        this.remaining = policy.numRetries();
        this.backOff = new BackOff(policy.baseMillis(), policy.maxMillis());
    }

    /** A response head has come. */
    public Decision onHead(MeshResponse head, Admission admission) {
        return decide(repeats(head), admission);
    }

    /**
     * The attempt ended without one. A per-try timeout counts as a {@link ResetReason#LOCAL_RESET}.
     *
     * @param requestStarted some of the request went out
     */
    public Decision onReset(ResetReason reason, boolean requestStarted, Admission admission) {
        return decide(repeats(reason, requestStarted), admission);
    }

    public long backOffMillis(RandomGenerator chance) {
        return backOff.nextMillis(chance);
    }

    public void attempted(Host host) {
        previousHosts.add(host);
    }

    /** Whether the next attempt should rather go elsewhere. */
    public boolean avoids(Host host) {
        return policy.previousHosts() && previousHosts.contains(host);
    }

    public long hostSelectionMaxAttempts() {
        return policy.hostSelectionMaxAttempts();
    }

    /** The call is decided; its place among the retries becomes free. */
    public void end() {
        if (held != null) {
            held.retryEnded();
            held = null;
        }
    }

    private Decision decide(boolean repeat, Admission admission) {
        end();
        if (!repeat) {
            return Decision.NO;
        }
        if (remaining == 0) {
            return Decision.LIMIT_EXCEEDED;
        }
        remaining--;
        if (!admission.tryRetry()) {
            return Decision.OVERFLOW;
        }
        held = admission;
        return Decision.RETRY;
    }

    private boolean repeats(MeshResponse head) {
        if (head.header("x-envoy-ratelimited") != null) {
            return on(RetryOn.ENVOY_RATELIMITED);
        }
        int status = head.status();
        return (on(RetryOn.FIVE_XX) && status >= 500 && status < 600)
                || (on(RetryOn.GATEWAY_ERROR) && status >= 502 && status <= 504)
                || (on(RetryOn.RETRIABLE_4XX) && status == 409)
                || (on(RetryOn.RETRIABLE_STATUS_CODES)
                        && policy.retriableStatusCodes().contains(status))
                || (on(RetryOn.RETRIABLE_HEADERS) && hasRetriableHeader(head))
                || repeatsGrpc(head.header("grpc-status"));
    }

    private boolean hasRetriableHeader(MeshResponse head) {
        for (ResponseHeader header : policy.retriableHeaders()) {
            if (header.matches(head.header(header.name()))) {
                return true;
            }
        }
        return false;
    }

    private boolean repeatsGrpc(@Nullable String status) {
        if (status == null) {
            return false;
        }
        return switch (status) {
            case "1" -> on(RetryOn.CANCELLED);
            case "4" -> on(RetryOn.DEADLINE_EXCEEDED);
            case "8" -> on(RetryOn.RESOURCE_EXHAUSTED);
            case "13" -> on(RetryOn.INTERNAL);
            case "14" -> on(RetryOn.UNAVAILABLE);
            default -> false;
        };
    }

    private boolean repeats(ResetReason reason, boolean requestStarted) {
        if (reason == ResetReason.OVERFLOW) {
            return false;
        }
        return (on(RetryOn.CONNECT_FAILURE) && reason.connectFailure())
                || (on(RetryOn.RESET_BEFORE_REQUEST) && !requestStarted)
                || on(RetryOn.RESET)
                || on(RetryOn.FIVE_XX)
                || on(RetryOn.GATEWAY_ERROR)
                || (on(RetryOn.REFUSED_STREAM) && reason == ResetReason.REMOTE_REFUSED_STREAM_RESET);
    }

    private boolean on(RetryOn condition) {
        return policy.retryOn().contains(condition);
    }
}

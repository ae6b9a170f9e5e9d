package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.xds.model.route.RetryOn;
import org.jspecify.annotations.Nullable;

/**
 * Whether what came of an attempt is one of the outcomes that a policy repeats.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-retry-on</a>
 */
public final class RetryConditions {

    private static final int TOO_EARLY = 425;

    private RetryConditions() {}

    /** A response head has come. */
    public static boolean repeats(RetryPolicy policy, MeshRequest request, MeshResponse head) {
        if (head.header("x-envoy-ratelimited") != null) {
            return policy.on(RetryOn.ENVOY_RATELIMITED);
        }
        int status = head.status();
        return (policy.on(RetryOn.FIVE_XX) && status >= 500 && status < 600)
                || (policy.on(RetryOn.GATEWAY_ERROR) && status >= 502 && status <= 504)
                || (policy.on(RetryOn.RETRIABLE_4XX) && status == 409)
                || (policy.on(RetryOn.RETRIABLE_STATUS_CODES) && repeatsStatus(policy, request, status))
                || (policy.on(RetryOn.RETRIABLE_HEADERS) && hasRetriableHeader(policy, head))
                || repeatsGrpc(policy, head.header("grpc-status"));
    }

    /**
     * The attempt ended without one. A per-try timeout counts as a {@link ResetReason#LOCAL_RESET}.
     *
     * @param requestStarted some of the request went out
     */
    public static boolean repeats(RetryPolicy policy, ResetReason reason, boolean requestStarted) {
        if (reason == ResetReason.OVERFLOW) {
            return false;
        }
        return (policy.on(RetryOn.CONNECT_FAILURE) && reason.connectFailure())
                || (policy.on(RetryOn.RESET_BEFORE_REQUEST) && !requestStarted)
                || policy.on(RetryOn.RESET)
                || policy.on(RetryOn.FIVE_XX)
                || policy.on(RetryOn.GATEWAY_ERROR)
                || (policy.on(RetryOn.REFUSED_STREAM) && reason == ResetReason.REMOTE_REFUSED_STREAM_RESET);
    }

    /** Whoever called us in TLS's early data makes its request again by itself when it is too early (RFC 8470). */
    private static boolean repeatsStatus(RetryPolicy policy, MeshRequest request, int status) {
        return policy.retriableStatusCodes().contains(status)
                && (status != TOO_EARLY || request.header("early-data") == null);
    }

    /** Whether the next attempt need not wait: it was only too early. */
    public static boolean atOnce(RetryPolicy policy, MeshResponse head) {
        return head.status() == TOO_EARLY
                && policy.on(RetryOn.RETRIABLE_STATUS_CODES)
                && policy.retriableStatusCodes().contains(TOO_EARLY);
    }

    private static boolean hasRetriableHeader(RetryPolicy policy, MeshResponse head) {
        for (HeaderMatcher header : policy.retriableHeaders()) {
            if (header.matches(head)) {
                return true;
            }
        }
        return false;
    }

    private static boolean repeatsGrpc(RetryPolicy policy, @Nullable String status) {
        if (status == null) {
            return false;
        }
        return switch (status) {
            case "1" -> policy.on(RetryOn.CANCELLED);
            case "4" -> policy.on(RetryOn.DEADLINE_EXCEEDED);
            case "8" -> policy.on(RetryOn.RESOURCE_EXHAUSTED);
            case "13" -> policy.on(RetryOn.INTERNAL);
            case "14" -> policy.on(RetryOn.UNAVAILABLE);
            default -> false;
        };
    }
}

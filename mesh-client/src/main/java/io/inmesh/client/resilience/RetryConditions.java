package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.resilience.RetryPolicy.ResponseHeader;
import io.inmesh.xds.model.route.RetryOn;
import org.jspecify.annotations.Nullable;

/**
 * Whether what came of an attempt is one of the outcomes that a policy repeats.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-retry-on</a>
 */
public final class RetryConditions {

    private RetryConditions() {}

    /** A response head has come. */
    public static boolean repeats(RetryPolicy policy, MeshResponse head) {
        if (head.header("x-envoy-ratelimited") != null) {
            return policy.on(RetryOn.ENVOY_RATELIMITED);
        }
        int status = head.status();
        return (policy.on(RetryOn.FIVE_XX) && status >= 500 && status < 600)
                || (policy.on(RetryOn.GATEWAY_ERROR) && status >= 502 && status <= 504)
                || (policy.on(RetryOn.RETRIABLE_4XX) && status == 409)
                || (policy.on(RetryOn.RETRIABLE_STATUS_CODES)
                        && policy.retriableStatusCodes().contains(status))
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

    private static boolean hasRetriableHeader(RetryPolicy policy, MeshResponse head) {
        for (ResponseHeader header : policy.retriableHeaders()) {
            if (header.matches(head.header(header.name()))) {
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

package io.inmesh.xds.model.route;

import java.util.Arrays;
import java.util.Optional;

/**
 * Conditions under which Envoy tries again: those of {@code x-envoy-retry-on} and of {@code x-envoy-retry-grpc-on}.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter</a>
 */
public enum RetryOn {
    FIVE_XX("5xx"),
    GATEWAY_ERROR("gateway-error"),
    RESET("reset"),
    RESET_BEFORE_REQUEST("reset-before-request"),
    CONNECT_FAILURE("connect-failure"),
    ENVOY_RATELIMITED("envoy-ratelimited"),
    RETRIABLE_4XX("retriable-4xx"),
    REFUSED_STREAM("refused-stream"),
    RETRIABLE_STATUS_CODES("retriable-status-codes"),
    RETRIABLE_HEADERS("retriable-headers"),
    HTTP3_POST_CONNECT_FAILURE("http3-post-connect-failure"),
    CANCELLED("cancelled"),
    DEADLINE_EXCEEDED("deadline-exceeded"),
    INTERNAL("internal"),
    RESOURCE_EXHAUSTED("resource-exhausted"),
    UNAVAILABLE("unavailable");

    private final String token;

    RetryOn(String token) {
        this.token = token;
    }

    /** The word in {@code retry_on}. */
    public String token() {
        return token;
    }

    /** The condition of that word, if Envoy has one. */
    public static Optional<RetryOn> of(String token) {
        return Arrays.stream(values()).filter(on -> on.token.equals(token)).findFirst();
    }
}

package io.inmesh.api.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing that an application can set for its own calls. Names and units are Istio's where Istio has the thing, resilience4j's where
 * only that has it.
 */
public enum PolicyField {
    TIMEOUT("timeout", ValueKind.DURATION),
    RETRY_ATTEMPTS("retries.attempts", ValueKind.COUNT),
    RETRY_PER_TRY_TIMEOUT("retries.perTryTimeout", ValueKind.DURATION),
    RETRY_ON("retries.retryOn", ValueKind.WORDS),
    RETRY_BACKOFF("retries.backoff", ValueKind.DURATION),
    ROUTE_HOST("route.host", ValueKind.TEXT),
    ROUTE_SUBSET("route.subset", ValueKind.TEXT),
    ROUTE_HEADERS("route.headers", ValueKind.HEADERS),
    FAULT_DELAY("fault.delay.fixedDelay", ValueKind.DURATION),
    FAULT_DELAY_PERCENT("fault.delay.percentage", ValueKind.PERCENT),
    FAULT_ABORT_STATUS("fault.abort.httpStatus", ValueKind.STATUS),
    FAULT_ABORT_PERCENT("fault.abort.percentage", ValueKind.PERCENT),
    MAX_CONNECTIONS("connectionPool.tcp.maxConnections", ValueKind.COUNT),
    MAX_PENDING_REQUESTS("connectionPool.http.http1MaxPendingRequests", ValueKind.COUNT),
    MAX_REQUESTS("connectionPool.http.http2MaxRequests", ValueKind.COUNT),
    MAX_RETRIES("connectionPool.http.maxRetries", ValueKind.COUNT),
    CONSECUTIVE_5XX("outlierDetection.consecutive5xxErrors", ValueKind.COUNT),
    CONSECUTIVE_GATEWAY("outlierDetection.consecutiveGatewayErrors", ValueKind.COUNT),
    OUTLIER_INTERVAL("outlierDetection.interval", ValueKind.DURATION),
    BASE_EJECTION_TIME("outlierDetection.baseEjectionTime", ValueKind.DURATION),
    MAX_EJECTION_PERCENT("outlierDetection.maxEjectionPercent", ValueKind.PERCENT),
    FAILURE_RATE("circuitBreaker.failureRateThreshold", ValueKind.PERCENT),
    SLIDING_WINDOW("circuitBreaker.slidingWindowSize", ValueKind.COUNT),
    MINIMUM_CALLS("circuitBreaker.minimumNumberOfCalls", ValueKind.COUNT),
    OPEN_FOR("circuitBreaker.waitDurationInOpenState", ValueKind.DURATION),
    HALF_OPEN_CALLS("circuitBreaker.permittedNumberOfCallsInHalfOpenState", ValueKind.COUNT),
    BULKHEAD("bulkhead.maxConcurrentCalls", ValueKind.COUNT),
    RATE_PERMITS("rateLimit.permits", ValueKind.COUNT),
    RATE_PER("rateLimit.per", ValueKind.DURATION),
    FALLBACK_STATUS("fallback.status", ValueKind.STATUS),
    FALLBACK_BODY("fallback.body", ValueKind.TEXT),
    FALLBACK_CONTENT_TYPE("fallback.contentType", ValueKind.TEXT);

    private final String path;
    private final ValueKind kind;

    PolicyField(String path, ValueKind kind) {
        this.path = path;
        this.kind = kind;
    }

    /** Such as {@code retries.perTryTimeout}. */
    public String path() {
        return path;
    }

    /** What its values are. */
    public ValueKind kind() {
        return kind;
    }

    /** The block that it belongs to, such as {@code retries}. */
    public String block() {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** The field of a path as a person writes it, in camel case or with dashes; empty if there is none. */
    public static Optional<PolicyField> of(String written) {
        String wanted = canonical(written);
        return Arrays.stream(values())
                .filter(field -> canonical(field.path).equals(wanted))
                .findFirst();
    }

    /** All paths, for a message to somebody who wrote another. */
    public static String known() {
        return Arrays.stream(values()).map(PolicyField::path).collect(Collectors.joining(", "));
    }

    private static String canonical(String path) {
        return path.replace("-", "").toLowerCase(Locale.ROOT);
    }
}

package io.inmesh.xds.model.cluster;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much may be under way in a cluster at once, by routing priority. What is above fails at once with the flag UO.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/circuit_breaker.proto">Envoy, CircuitBreakers</a>
 */
public record CircuitBreakers(Thresholds defaultPriority, Thresholds highPriority) {

    /** Envoy's. */
    public static final CircuitBreakers DEFAULT = new CircuitBreakers(Thresholds.DEFAULT, Thresholds.DEFAULT);

    public CircuitBreakers {
        Objects.requireNonNull(defaultPriority, "defaultPriority");
        Objects.requireNonNull(highPriority, "highPriority");
    }

    /**
     * The limits; 4294967295 is none.
     *
     * @param maxConnections 1024 by default
     * @param maxPendingRequests waiting for a connection; 1024 by default
     * @param maxRequests 1024 by default
     * @param maxRetries 3 by default; not looked at if there is a budget
     * @param retryBudget null if none
     */
    public record Thresholds(
            long maxConnections,
            long maxPendingRequests,
            long maxRequests,
            long maxRetries,
            @Nullable RetryBudget retryBudget) {

        /** Envoy's. */
        public static final Thresholds DEFAULT = new Thresholds(1024, 1024, 1024, 3, null);
    }

    /**
     * Retries under way, relative to requests.
     *
     * @param budgetPercent of requests; 20 by default
     * @param minRetryConcurrency always allowed; 3 by default
     * @param interval requests begun within it count; zero, the default, counts those that are active or pending instead
     */
    public record RetryBudget(double budgetPercent, long minRetryConcurrency, Duration interval) {

        /** Of what is under way. */
        public RetryBudget(double budgetPercent, long minRetryConcurrency) {
            this(budgetPercent, minRetryConcurrency, Duration.ZERO);
        }
    }
}

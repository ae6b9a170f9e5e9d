package io.inmesh.xds.model.route;

import io.inmesh.xds.model.HeaderMatch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When and how a failed attempt is repeated, with Envoy's defaults filled in.
 *
 * @param unknownRetryOn words of {@code retry_on} that name no condition; Envoy ignores them
 * @param numRetries repetitions, the first attempt not counted; 1 by default
 * @param perTryTimeout null if only the route's timeout counts; zero as null
 * @param perTryIdleTimeout null if none
 * @param backOff waits before repetitions
 * @param retriableStatusCodes for {@link RetryOn#RETRIABLE_STATUS_CODES}
 * @param retriableHeaders response headers for {@link RetryOn#RETRIABLE_HEADERS}; any suffices
 * @param retriableRequestHeaders if not empty, only requests that match any are repeated
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-retrypolicy">Envoy,
 *     RetryPolicy</a>
 */
public record RetryPolicy(
        Set<RetryOn> retryOn,
        List<String> unknownRetryOn,
        long numRetries,
        @Nullable Duration perTryTimeout,
        @Nullable Duration perTryIdleTimeout,
        BackOff backOff,
        HostSelection hostSelection,
        Set<Integer> retriableStatusCodes,
        List<HeaderMatch> retriableHeaders,
        List<HeaderMatch> retriableRequestHeaders) {

    public RetryPolicy {
        retryOn = Set.copyOf(retryOn);
        unknownRetryOn = List.copyOf(unknownRetryOn);
        Objects.requireNonNull(backOff, "backOff");
        Objects.requireNonNull(hostSelection, "hostSelection");
        retriableStatusCodes = Set.copyOf(retriableStatusCodes);
        retriableHeaders = List.copyOf(retriableHeaders);
        retriableRequestHeaders = List.copyOf(retriableRequestHeaders);
    }

    /**
     * Fully jittered exponential back-off: a random wait below {@code min(base * (2^n - 1), max)} before the nth repetition.
     *
     * @param baseInterval 25 ms by default
     * @param maxInterval ten times the base by default
     * @param rateLimited in its place where a response says how long to wait; null if responses are not asked
     */
    public record BackOff(
            Duration baseInterval,
            Duration maxInterval,
            @Nullable RateLimited rateLimited) {

        /** Envoy's. */
        public static final BackOff DEFAULT = new BackOff(Duration.ofMillis(25), Duration.ofMillis(250));

        /** Whatever responses say. */
        public BackOff(Duration baseInterval, Duration maxInterval) {
            this(baseInterval, maxInterval, null);
        }

        public BackOff {
            if (baseInterval.isNegative() || maxInterval.compareTo(baseInterval) < 0) {
                throw new IllegalArgumentException("A back-off's largest wait is not below its base");
            }
        }
    }

    /**
     * A wait that a response asks for in one of its headers.
     *
     * @param headers the first that says how long counts
     * @param maxInterval longer ones are not looked at; 300 s by default
     */
    public record RateLimited(List<ResetHeader> headers, Duration maxInterval) {
        public RateLimited {
            headers = List.copyOf(headers);
        }
    }

    /**
     * Where a response says how long to wait.
     *
     * @param timestamp its value is the second of Unix time until when, not a number of seconds
     */
    public record ResetHeader(String name, boolean timestamp) {}

    /**
     * Which hosts a repetition avoids.
     *
     * @param maxAttempts draws until one is accepted; the last is taken anyway. 1 by default
     * @param previousHosts hosts already tried are not accepted
     * @param previousPriorities priorities are left after this many attempts in them; 0 if that is not asked for
     */
    public record HostSelection(long maxAttempts, boolean previousHosts, int previousPriorities) {

        /** Envoy's: the load balancer's choice is taken. */
        public static final HostSelection DEFAULT = new HostSelection(1, false, 0);
    }
}

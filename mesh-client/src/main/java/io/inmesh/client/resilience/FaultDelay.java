package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import java.util.random.RandomGenerator;

/**
 * How many requests are held back, and for how long. Immutable.
 *
 * @param nanos {@link #BY_HEADER} if the request says so
 * @param share of requests; if the request says how long, also the most that it may ask for
 */
public record FaultDelay(long nanos, Fraction share) {

    /** {@code x-envoy-fault-delay-request} says how many milliseconds. */
    public static final long BY_HEADER = -1;

    private static final long MOST_MILLIS = Long.MAX_VALUE / 1_000_000;

    long drawNanos(MeshRequest request, RandomGenerator chance) {
        if (nanos != BY_HEADER) {
            return share.covers(chance) ? nanos : 0;
        }
        long millis = FaultHeaders.number(request, "x-envoy-fault-delay-request");
        boolean delayed = millis > 0
                && FaultHeaders.share(request, "x-envoy-fault-delay-request-percentage", share)
                        .covers(chance);
        return delayed ? 1_000_000 * Math.min(millis, MOST_MILLIS) : 0;
    }
}

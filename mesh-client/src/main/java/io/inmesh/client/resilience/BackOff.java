package io.inmesh.client.resilience;

import java.util.random.RandomGenerator;

/**
 * Fully jittered exponential back-off: each wait is drawn from zero to an interval that doubles up to its maximum. Whole milliseconds,
 * as in Envoy. Of one call; not thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-max-retries</a>
 */
final class BackOff {

    private final long maxMillis;
    private long nextMillis;

    BackOff(long baseMillis, long maxMillis) {
        nextMillis = Math.max(1, baseMillis);
        this.maxMillis = Math.max(nextMillis, maxMillis);
    }

    long nextMillis(RandomGenerator chance) {
        long interval = nextMillis;
        nextMillis = interval < maxMillis / 2 ? interval * 2 : maxMillis;
        return Long.remainderUnsigned(chance.nextLong(), interval);
    }
}

package io.inmesh.client.resilience;

import java.util.random.RandomGenerator;

/**
 * Fully jittered exponential back-off: each wait is drawn from zero to an interval that doubles up to its maximum. Whole milliseconds,
 * as in Envoy.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-max-retries</a>
 */
public final class BackOff {

    private BackOff() {}

    /**
     * How long to wait.
     *
     * @param retry 1 for the first
     */
    public static long millis(RetryPolicy policy, int retry, RandomGenerator chance) {
        return Long.remainderUnsigned(chance.nextLong(), interval(policy.baseMillis(), policy.maxMillis(), retry));
    }

    static long interval(long baseMillis, long maxMillis, int retry) {
        long interval = Math.max(1, baseMillis);
        long max = Math.max(interval, maxMillis);
        for (int i = 1; i < retry && interval < max; i++) {
            interval = interval < max / 2 ? interval * 2 : max;
        }
        return interval;
    }
}

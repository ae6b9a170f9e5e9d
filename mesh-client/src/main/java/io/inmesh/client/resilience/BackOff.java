package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before an attempt is repeated: what its response asks for, or else a time drawn from zero to an interval that doubles up to
 * its maximum. Whole milliseconds, as in Envoy. Immutable.
 *
 * @param baseMillis first interval
 * @param maxMillis largest interval
 * @param resetHeaders where a response says how long; the first that says so counts
 * @param resetMaxMillis what a response asks for beyond that is not looked at
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter">Envoy, router filter,
 *     x-envoy-max-retries</a>
 */
public record BackOff(long baseMillis, long maxMillis, List<ResetHeader> resetHeaders, long resetMaxMillis) {

    /** Envoy's. */
    public static final BackOff DEFAULT = new BackOff(25, 250);

    public BackOff {
        resetHeaders = List.copyOf(resetHeaders);
    }

    /** Whatever responses say. */
    public BackOff(long baseMillis, long maxMillis) {
        this(baseMillis, maxMillis, List.of(), 0);
    }

    /**
     * How long to wait.
     *
     * @param retry 1 for the first
     * @param head what the attempt was answered; null if it was not
     */
    public long millis(int retry, @Nullable MeshResponse head, MeshClock clock, RandomGenerator chance) {
        long asked = head == null || resetHeaders.isEmpty() ? 0 : asked(head, clock);
        if (asked > 1) {
            // Not all at the same moment: up to half as long again.
            return asked + Long.remainderUnsigned(chance.nextLong(), asked / 2);
        }
        return millis(retry, chance);
    }

    /** How long to wait where no response was asked. */
    public long millis(int retry, RandomGenerator chance) {
        return Long.remainderUnsigned(chance.nextLong(), interval(baseMillis, maxMillis, retry));
    }

    /** Whether the response says how long to wait. */
    public boolean asksToWait(@Nullable MeshResponse head, MeshClock clock) {
        return head != null && !resetHeaders.isEmpty() && asked(head, clock) > 1;
    }

    private long asked(MeshResponse head, MeshClock clock) {
        for (ResetHeader header : resetHeaders) {
            long millis = header.millis(head, clock);
            if (millis >= 0 && millis <= resetMaxMillis) {
                return millis;
            }
        }
        return 0;
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

package io.inmesh.client.balance;

import io.inmesh.xds.model.cluster.LbPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * New endpoints get their share bit by bit, from when a snapshot first named them.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/slow_start">Envoy, slow start</a>
 */
record SlowStart(long windowNanos, double aggression, double leastShare) {

    /** The policy's; null if it has none or knows none. */
    static @Nullable SlowStart of(LbPolicy policy) {
        LbPolicy.SlowStart written = null;
        if (policy instanceof LbPolicy.RoundRobin round) {
            written = round.slowStart();
        } else if (policy instanceof LbPolicy.LeastRequest least) {
            written = least.slowStart();
        }
        if (written == null || written.window().isZero()) {
            return null;
        }
        double aggression = written.aggression() > 0 ? written.aggression() : 1.0;
        return new SlowStart(written.window().toNanos(), aggression, written.minWeightPercent() / 100.0);
    }

    boolean any(Endpoint[] endpoints, long nowNanos) {
        for (Endpoint endpoint : endpoints) {
            if (warming(endpoint, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    boolean warming(Endpoint endpoint, long nowNanos) {
        return age(endpoint, nowNanos) < windowNanos;
    }

    /** What the endpoint's weight is multiplied by. */
    double factor(Endpoint endpoint, long nowNanos) {
        long age = age(endpoint, nowNanos);
        if (age >= windowNanos || !endpoint.healthy()) {
            return 1;
        }
        // Envoy counts whole milliseconds, at least one.
        double elapsed = Math.max(1, TimeUnit.NANOSECONDS.toMillis(age));
        double share = elapsed / TimeUnit.NANOSECONDS.toMillis(windowNanos);
        return Math.max(leastShare, aggression == 1.0 ? share : Math.pow(share, 1.0 / aggression));
    }

    private static long age(Endpoint endpoint, long nowNanos) {
        return nowNanos - endpoint.host().firstSeenNanos();
    }
}

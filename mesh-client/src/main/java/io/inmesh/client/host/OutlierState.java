package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What outlier detection remembers of a host. Consecutive failures are counted without a lock; ejection changes only under the
 * cluster's lock.
 */
public final class OutlierState {

    private final AtomicInteger consecutive5xx = new AtomicInteger();
    private final AtomicInteger consecutiveGatewayFailure = new AtomicInteger();
    private final AtomicInteger consecutiveLocalOriginFailure = new AtomicInteger();
    private final Tally external = new Tally();
    private final Tally localOrigin = new Tally();
    private volatile boolean ejected;
    private final AtomicInteger ejections = new AtomicInteger();
    private long ejectedAtNanos;
    private long ejectionNanos;
    private boolean everReturned;
    private long returnedAtNanos;
    private int backOff;

    public AtomicInteger consecutive5xx() {
        return consecutive5xx;
    }

    public AtomicInteger consecutiveGatewayFailure() {
        return consecutiveGatewayFailure;
    }

    public AtomicInteger consecutiveLocalOriginFailure() {
        return consecutiveLocalOriginFailure;
    }

    /** Answers since the last sweep; of our own side too where these are not counted apart. */
    public Tally external() {
        return external;
    }

    /** Connections and errors of our own side since the last sweep, where these are counted apart. */
    public Tally localOrigin() {
        return localOrigin;
    }

    public boolean ejected() {
        return ejected;
    }

    /** How often it has been ejected. */
    public int ejections() {
        return ejections.get();
    }

    /** Multiplier of the ejection time; sinks again while the host behaves. */
    public int backOff() {
        return backOff;
    }

    public void backOff(int multiplier) {
        backOff = multiplier;
    }

    /** Ejects from now on; the first sweep after the time is over lets it return. */
    void eject(long nowNanos, long forNanos) {
        ejectedAtNanos = nowNanos;
        ejectionNanos = forNanos;
        ejections.incrementAndGet();
        ejected = true;
    }

    /** Whether the ejection time is over. */
    public boolean mayReturn(long nowNanos) {
        return ejected && nowNanos - ejectedAtNanos >= ejectionNanos;
    }

    void comeBack(long nowNanos) {
        ejected = false;
        everReturned = true;
        returnedAtNanos = nowNanos;
        consecutive5xx.set(0);
        consecutiveGatewayFailure.set(0);
        consecutiveLocalOriginFailure.set(0);
    }

    /** Whether it has been back for at least this long. */
    public boolean returnedFor(long nanos, long nowNanos) {
        return everReturned && nowNanos - returnedAtNanos >= nanos;
    }
}

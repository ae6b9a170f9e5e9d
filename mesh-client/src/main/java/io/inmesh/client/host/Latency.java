package io.inmesh.client.host;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a host takes to answer: a moving average that rises at once to a worse value and sinks with a time constant of ten seconds. While
 * requests are under way and none is answered, the silence counts as soon as it is longer. Thread-safe.
 */
public final class Latency {

    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** What a host without an answer yet is thought to take once it has a request: it gets one at a time until it answers. */
    private static final double UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

    // The average as a float of nanoseconds, and when it was true in milliseconds; together, so that they change
    // together.
    private final AtomicLong average = new AtomicLong();
    private volatile long heardNanos;

    Latency() {}

    /** A request goes to the host, which was idle. */
    public void wakes(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** An attempt is over. */
    public void observe(long elapsedNanos, long nowNanos) {
        heardNanos = nowNanos;
        long before = average.get();
        while (!average.compareAndSet(before, next(before, elapsedNanos, nowNanos))) {
            before = average.get();
        }
    }

    private static long next(long before, long elapsedNanos, long nowNanos) {
        double old = nanos(before);
        double sunk = before == 0 || elapsedNanos >= old
                ? elapsedNanos
                : elapsedNanos + (old - elapsedNanos) * Math.exp(-age(before, nowNanos) / DECAY_NANOS);
        return ((long) Float.floatToRawIntBits((float) Math.max(1, sunk)) << 32)
                | (TimeUnit.NANOSECONDS.toMillis(nowNanos) & 0xFFFF_FFFFL);
    }

    /**
     * What a request is expected to take, in nanoseconds; 0 if nothing is known.
     *
     * @param busy whether requests are under way
     */
    public double nanos(long nowNanos, boolean busy) {
        long known = average.get();
        if (known == 0) {
            return busy ? UNKNOWN_NANOS : 0;
        }
        double sunk = nanos(known) * Math.exp(-age(known, nowNanos) / DECAY_NANOS);
        return busy ? Math.max(sunk, (double) (nowNanos - heardNanos)) : sunk;
    }

    private static double nanos(long packed) {
        return Float.intBitsToFloat((int) (packed >>> 32));
    }

    private static double age(long packed, long nowNanos) {
        int millis = (int) TimeUnit.NANOSECONDS.toMillis(nowNanos) - (int) packed;
        return Math.max(0, millis) * 1e6;
    }
}

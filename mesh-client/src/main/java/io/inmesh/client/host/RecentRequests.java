package io.inmesh.client.host;

/**
 * How many requests began lately, for retry budgets that look back. As in Envoy a request counts for the interval and up to a tenth more.
 * Guarded by {@link ClusterState#lock()}.
 */
public final class RecentRequests {

    private static final int TENTHS = 10;

    // The tenth under way and the ten before it.
    private final long[] counts = new long[TENTHS + 1];
    private long intervalNanos;
    private long tenth;

    RecentRequests() {}

    /** A request begins. */
    public void count(long nowNanos, long interval) {
        turn(nowNanos, interval);
        counts[index(tenth)]++;
    }

    /** Those that began within the interval. */
    public long within(long nowNanos, long interval) {
        turn(nowNanos, interval);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /** Forgets what is too long ago, and everything when the interval is another one. */
    private void turn(long nowNanos, long interval) {
        long length = Math.max(1, interval / TENTHS);
        long now = Math.floorDiv(nowNanos, length);
        boolean anew = interval != intervalNanos || now - tenth > TENTHS;
        for (long gone = anew ? now - TENTHS : tenth + 1; gone <= now; gone++) {
            counts[index(gone)] = 0;
        }
        intervalNanos = interval;
        tenth = now;
    }

    private int index(long number) {
        return (int) Math.floorMod(number, (long) counts.length);
    }
}

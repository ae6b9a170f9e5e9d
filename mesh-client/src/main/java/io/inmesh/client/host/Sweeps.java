package io.inmesh.client.host;

/** The grid on which outlier detection sweeps: multiples of its interval from the cluster's first mention. Written under the cluster's lock. */
public final class Sweeps {

    private volatile long lastNanos;

    Sweeps(long startNanos) {
        lastNanos = startNanos;
    }

    /** When the last sweep was, or the cluster began. */
    public long lastNanos() {
        return lastNanos;
    }

    public void sweptAt(long nanos) {
        lastNanos = nanos;
    }
}

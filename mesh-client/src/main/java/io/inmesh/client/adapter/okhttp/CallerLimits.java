package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.Timer;
import io.inmesh.client.resilience.Timers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The application's own limits on a call: its call timeout to the last byte, and its read timeout where the route sets none. When one
 * expires the caller has left, which is never a host's fault. Thread-safe.
 */
final class CallerLimits extends Timer {

    private static final long NEVER = Long.MAX_VALUE;

    private final Timers timers;
    private final MeshClock clock;
    private final @Nullable Drive drive;
    private final int readTimeoutMillis;
    private volatile long callEnd = NEVER;
    private volatile long headEnd = NEVER;
    private volatile @Nullable IOException expired;

    /**
     * Watches one call.
     *
     * @param drive has the call that ends; null if nobody waits for it
     * @param readTimeoutMillis 0 for none
     */
    CallerLimits(Timers timers, MeshClock clock, @Nullable Drive drive, int readTimeoutMillis) {
        this.timers = timers;
        this.clock = clock;
        this.drive = drive;
        this.readTimeoutMillis = readTimeoutMillis;
    }

    /** For a copy that nobody waits for. */
    CallerLimits unlimited() {
        return new CallerLimits(timers, clock, null, 0);
    }

    /** For waiting between two pieces of a response. */
    int readTimeoutMillis() {
        return readTimeoutMillis;
    }

    /**
     * The call timeout runs.
     *
     * @param atNanos when it is over; {@link Long#MAX_VALUE} for never
     */
    void start(long atNanos) {
        callEnd = atNanos;
        arm();
    }

    /** The request is out, and nothing but the application bounds the wait for its answer. */
    void awaitHead() {
        if (readTimeoutMillis > 0) {
            headEnd = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(readTimeoutMillis);
            arm();
        }
    }

    /** The attempt is over, one way or the other. What the timer watches for is looked up when it expires. */
    void headArrived() {
        headEnd = NEVER;
    }

    /** The call is over. */
    void stop() {
        callEnd = NEVER;
        headEnd = NEVER;
        timers.disarm(this);
    }

    /** What the application is to see: its own limit's exception if one expired. */
    IOException explain(IOException failure) {
        IOException limit = expired;
        if (limit == null) {
            return failure;
        }
        if (limit != failure && limit.getCause() == null) {
            limit.initCause(failure);
        }
        return limit;
    }

    private void arm() {
        long next = Math.min(callEnd, headEnd);
        if (next != NEVER) {
            timers.arm(this, next);
        }
    }

    @Override
    public void expired() {
        long now = clock.nanoTime();
        if (now >= callEnd) {
            expire(new InterruptedIOException("timeout"));
        } else if (now >= headEnd) {
            expire(new SocketTimeoutException("timeout"));
        } else {
            arm();
        }
    }

    private void expire(IOException limit) {
        if (expired == null) {
            expired = limit;
            if (drive != null) {
                drive.cancel();
            }
        }
    }
}

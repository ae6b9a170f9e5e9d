package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.pipeline.Timers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The application's own limits on a call: its call timeout to the last byte, and its read timeout where the route sets none. When one
 * expires the caller has left, which is never a host's fault. Thread-safe.
 */
final class CallerLimits {

    private static final Timers.Timer NONE = () -> {};

    private final Timers timers;
    private final Runnable cancel;
    private final int readTimeoutMillis;
    private final AtomicReference<Timers.Timer> callTimer = new AtomicReference<>(NONE);
    private final AtomicReference<Timers.Timer> readTimer = new AtomicReference<>(NONE);
    private final AtomicReference<@Nullable IOException> expired = new AtomicReference<>();

    /**
     * Watches one call.
     *
     * @param cancel ends the call
     * @param readTimeoutMillis 0 for none
     */
    CallerLimits(Timers timers, Runnable cancel, int readTimeoutMillis) {
        this.timers = timers;
        this.cancel = cancel;
        this.readTimeoutMillis = readTimeoutMillis;
    }

    /** For waiting between two pieces of a response. */
    int readTimeoutMillis() {
        return readTimeoutMillis;
    }

    /**
     * The call timeout runs.
     *
     * @param nanos what is left of it; 0 for none
     */
    void start(long nanos) {
        if (nanos > 0) {
            callTimer.set(timers.schedule(nanos, () -> expire(new InterruptedIOException("timeout"))));
        }
    }

    /** The request is out, and nothing but the application bounds the wait for its answer. */
    void awaitHead() {
        if (readTimeoutMillis > 0) {
            long nanos = TimeUnit.MILLISECONDS.toNanos(readTimeoutMillis);
            readTimer
                    .getAndSet(timers.schedule(nanos, () -> expire(new SocketTimeoutException("timeout"))))
                    .cancel();
        }
    }

    /** The attempt is over, one way or the other. */
    void headArrived() {
        readTimer.getAndSet(NONE).cancel();
    }

    /** The call is over. */
    void stop() {
        headArrived();
        callTimer.getAndSet(NONE).cancel();
    }

    /** What the application is to see: its own limit's exception if one expired. */
    IOException explain(IOException failure) {
        IOException limit = expired.get();
        if (limit == null) {
            return failure;
        }
        if (limit != failure && limit.getCause() == null) {
            limit.initCause(failure);
        }
        return limit;
    }

    private void expire(IOException limit) {
        if (expired.compareAndSet(null, limit)) {
            cancel.run();
        }
    }
}

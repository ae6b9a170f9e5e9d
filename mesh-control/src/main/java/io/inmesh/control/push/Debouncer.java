package io.inmesh.control.push;

import io.inmesh.api.spi.MeshClock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs an action once for a burst of changes: when it was quiet for a while, and at the latest some time after the first. One run at
 * a time, on the executor. Thread-safe.
 */
public final class Debouncer {

    private final Duration quiet;
    private final Duration latest;
    private final MeshClock clock;
    private final ScheduledExecutorService executor;
    private final Runnable action;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean pending;
    private long first;
    private long last;

    /**
     * With nothing pending.
     *
     * @param executor of one thread
     */
    public Debouncer(
            Duration quiet, Duration latest, MeshClock clock, ScheduledExecutorService executor, Runnable action) {
        this.quiet = quiet;
        this.latest = latest;
        this.clock = clock;
        this.executor = executor;
        this.action = action;
    }

    /** Something changed. */
    public void change() {
        lock.lock();
        try {
            last = clock.nanoTime();
            if (!pending) {
                pending = true;
                first = last;
                schedule(quiet.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            long wait = Math.min(last + quiet.toNanos() - now, first + latest.toNanos() - now);
            if (wait > 0) {
                schedule(wait);
                return;
            }
            pending = false;
        } finally {
            lock.unlock();
        }
        action.run();
    }

    private void schedule(long nanos) {
        try {
            var unused = executor.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closing) {
            pending = false;
        }
    }
}

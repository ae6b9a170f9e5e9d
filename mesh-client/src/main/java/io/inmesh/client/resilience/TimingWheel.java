package io.inmesh.client.resilience;

import io.inmesh.api.spi.MeshClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timing wheel: arming and calling off are a few instructions under a lock that threads rarely share. Timers expire up to one tick, a
 * millisecond, late, and never early. The executor is asked to run something only when nothing armed was due earlier, so that
 * calls which end in time cost it nothing. Thread-safe.
 */
public final class TimingWheel implements Timers {

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(TimingWheel.class.getName());
    private static final int PARTS = 8;
    private static final long NEVER = Long.MAX_VALUE;

    private final MeshClock clock;
    private final ScheduledExecutorService executor;
    private final long originNanos;
    private final WheelPart[] parts = new WheelPart[PARTS];
    private final ReentrantLock planning = new ReentrantLock();
    private volatile long plannedTick = NEVER;
    private @Nullable Future<?> planned;

    /** A wheel whose owner shuts the executor down; timers that are armed then never expire. */
    public TimingWheel(MeshClock clock, ScheduledExecutorService executor) {
        this.clock = clock;
        this.executor = executor;
        this.originNanos = clock.nanoTime();
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new WheelPart();
        }
    }

    @Override
    public void arm(Timer timer, long atNanos) {
        long due = Math.max(1, -Math.floorDiv(originNanos - atNanos, TICK_NANOS));
        home(timer).arm(timer, due);
        if (due < plannedTick) {
            plan(due);
        }
    }

    @Override
    public void disarm(Timer timer) {
        home(timer).disarm(timer);
    }

    private WheelPart home(Timer timer) {
        return parts[timer.home & (PARTS - 1)];
    }

    private void plan(long tick) {
        planning.lock();
        try {
            if (tick < plannedTick) {
                if (planned != null) {
                    planned.cancel(false);
                }
                long wait = originNanos + tick * TICK_NANOS - clock.nanoTime();
                planned = executor.schedule(this::turn, Math.max(0, wait), TimeUnit.NANOSECONDS);
                plannedTick = tick;
            }
        } catch (RejectedExecutionException e) {
            // The mesh is closing; what is under way ends without timers.
            plannedTick = Long.MIN_VALUE;
        } finally {
            planning.unlock();
        }
    }

    private void turn() {
        plannedTick = NEVER;
        long now = (clock.nanoTime() - originNanos) / TICK_NANOS;
        List<Timer> due = new ArrayList<>();
        long next = NEVER;
        for (WheelPart part : parts) {
            next = Math.min(next, part.takeDue(now, due));
        }
        if (next < plannedTick) {
            plan(next);
        }
        due.forEach(TimingWheel::expire);
    }

    private static void expire(Timer timer) {
        try {
            timer.expired();
        } catch (RuntimeException e) {
            // Code of the application may be told of the end of its call; it must not cost other calls their timers.
            LOG.log(System.Logger.Level.WARNING, "a timer failed: " + timer, e);
        }
    }
}

package io.inmesh.test;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.Signal;
import io.inmesh.client.resilience.Timer;
import io.inmesh.client.resilience.Timers;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that passes only where a call waits: clock, timers and waiting in one. For one thread. */
final class VirtualTime implements MeshClock, Timers, Signal.Waiting {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.order));
    private long now = 3_600_000_000_000L;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public void arm(Timer timer, long atNanos) {
        disarm(timer);
        tasks.add(new Task(Math.max(now, atNanos), order++, timer));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the question is whether it is the same timer
    public void disarm(Timer timer) {
        tasks.removeIf(task -> task.timer == timer);
    }

    @Override
    public boolean await(Signal signal, BooleanSupplier condition, long nanos) {
        passUntil(nanos == Long.MAX_VALUE ? Long.MAX_VALUE : now + nanos, condition);
        return condition.getAsBoolean();
    }

    /** Runs what is due on the way; stops early once the condition holds. */
    void passUntil(long instant, BooleanSupplier condition) {
        while (!condition.getAsBoolean() && !tasks.isEmpty() && tasks.peek().due <= instant) {
            Task task = tasks.poll();
            now = Math.max(now, task.due);
            task.timer.expired();
        }
        if (!condition.getAsBoolean()) {
            if (instant == Long.MAX_VALUE) {
                throw new AssertionError("waits for something that never happens");
            }
            now = Math.max(now, instant);
        }
    }

    private static final class Task {
        private final long due;
        private final long order;
        private final Timer timer;

        private Task(long due, long order, Timer timer) {
            this.due = due;
            this.order = order;
            this.timer = timer;
        }
    }
}

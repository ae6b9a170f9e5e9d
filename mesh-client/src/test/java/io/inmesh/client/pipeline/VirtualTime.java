package io.inmesh.client.pipeline;

import io.inmesh.api.spi.MeshClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that passes only where a call waits: clock, timers and waiting in one. For one thread. */
final class VirtualTime implements MeshClock, Timers, Signal.Waiting {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.order));
    private long now = Duration.ofHours(1).toNanos();
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
    public Timer schedule(long nanos, Runnable action) {
        Task task = new Task(now + nanos, order++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    void advance(Duration duration) {
        passUntil(now + duration.toNanos(), () -> false);
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
            task.action.run();
        }
        if (!condition.getAsBoolean()) {
            if (instant == Long.MAX_VALUE) {
                throw new AssertionError("waits for something that never happens");
            }
            now = Math.max(now, instant);
        }
    }

    int pendingTimers() {
        return tasks.size();
    }

    private static final class Task {
        private final long due;
        private final long order;
        private final Runnable action;

        private Task(long due, long order, Runnable action) {
            this.due = due;
            this.order = order;
            this.action = action;
        }
    }
}

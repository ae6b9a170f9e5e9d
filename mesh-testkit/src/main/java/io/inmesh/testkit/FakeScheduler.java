package io.inmesh.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An executor without threads: what is due runs when a test says so, on the test's thread, in the order of its time. Tasks may be
 * handed in from any thread; one thread at a time runs them.
 */
public final class FakeScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final FakeClock clock;
    private final List<Task<?>> tasks = new ArrayList<>();
    private long order;
    private boolean shutdown;

    public FakeScheduler(FakeClock clock) {
        this.clock = clock;
    }

    /** Runs everything that is due now, also what that adds. */
    public void runDue() {
        for (Task<?> task = poll(clock.nanoTime()); task != null; task = poll(clock.nanoTime())) {
            task.run();
        }
    }

    /** Moves the clock from task to task, running each at its time, and stops after the duration. */
    public void advance(Duration duration) {
        long end = clock.nanoTime() + duration.toNanos();
        runDue();
        for (Task<?> task = poll(end); task != null; task = poll(end)) {
            clock.advance(Duration.ofNanos(Math.max(0, task.due - clock.nanoTime())));
            task.run();
            runDue();
        }
        clock.advance(Duration.ofNanos(end - clock.nanoTime()));
    }

    /** How many tasks wait, due or not. */
    public synchronized int waiting() {
        return tasks.size();
    }

    private synchronized @Nullable Task<?> poll(long until) {
        tasks.removeIf(Task::isCancelled);
        Task<?> first = tasks.stream()
                .min(Comparator.<Task<?>>comparingLong(t -> t.due).thenComparingLong(t -> t.number))
                .filter(t -> t.due - until <= 0)
                .orElse(null);
        if (first != null) {
            tasks.remove(first);
        }
        return first;
    }

    @Override
    public void execute(Runnable command) {
        var unused = add(command, 0, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(command, unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return enqueue(new Task<>(callable, clock.nanoTime() + unit.toNanos(delay), 0));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initial, long period, TimeUnit unit) {
        return add(command, unit.toNanos(initial), unit.toNanos(period));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initial, long delay, TimeUnit unit) {
        return add(command, unit.toNanos(initial), unit.toNanos(delay));
    }

    private Task<Object> add(Runnable command, long delayNanos, long periodNanos) {
        return enqueue(new Task<>(Executors.callable(command), clock.nanoTime() + delayNanos, periodNanos));
    }

    private synchronized <V> Task<V> enqueue(Task<V> task) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down");
        }
        task.number = order++;
        tasks.add(task);
        return task;
    }

    @Override
    public synchronized void shutdown() {
        shutdown = true;
        tasks.clear();
    }

    @Override
    public synchronized List<Runnable> shutdownNow() {
        List<Runnable> left = new ArrayList<>(tasks);
        shutdown();
        return left;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isShutdown();
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long periodNanos;
        private long due;
        private long number;

        Task(Callable<V> callable, long due, long periodNanos) {
            super(callable);
            this.due = due;
            this.periodNanos = periodNanos;
        }

        /** A task that throws fails the test that runs it, instead of vanishing in a future that nobody reads. */
        @Override
        public void run() {
            if (periodNanos > 0) {
                if (runAndReset() && !isShutdown()) {
                    due = clock.nanoTime() + periodNanos;
                    var unused = enqueue(this);
                }
            } else {
                super.run();
            }
        }

        @Override
        protected void setException(Throwable thrown) {
            super.setException(thrown);
            throw new AssertionError("a scheduled task failed", thrown);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - clock.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}

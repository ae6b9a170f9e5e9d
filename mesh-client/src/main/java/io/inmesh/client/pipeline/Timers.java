package io.inmesh.client.pipeline;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs something later. Thread-safe. */
public interface Timers {

    /** Runs the task, which does not block, after a delay unless it is cancelled before. */
    Timer schedule(long nanos, Runnable task);

    /** Timers on an executor, whose owner shuts it down. */
    static Timers on(ScheduledExecutorService executor) {
        return (nanos, task) -> {
            Future<?> future = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }

    /** A task that may yet be called off. */
    @FunctionalInterface
    interface Timer {

        void cancel();
    }
}

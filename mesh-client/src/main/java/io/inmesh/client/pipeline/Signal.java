package io.inmesh.client.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Where the thread of a blocking call waits until something happens. Thread-safe. */
public final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();

    /** Wakes whoever waits, to look at its condition again. */
    public void wake() {
        lock.lock();
        try {
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds or the time is over.
     *
     * @return whether the condition holds
     */
    public boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (!condition.getAsBoolean() && left > 0) {
                left = woken.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** How a blocking driver waits; tests that own the clock move it instead. */
    @FunctionalInterface
    public interface Waiting {

        /** Like {@link Signal#await}. */
        boolean await(Signal signal, BooleanSupplier condition, long nanos) throws InterruptedException;
    }
}

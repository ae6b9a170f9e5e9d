package io.inmesh.conformance.echo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where responses wait until nothing else can happen: each call of a step has ended, or waits here too. What limits do is then a matter of
 * counting and not of time. Thread-safe.
 */
final class Holding {

    private static final long LIMIT_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int calls;
    private int ended;
    private int held;
    private int others;
    private int round;

    /** A step with so many calls begins. */
    void begin(int number) {
        lock.lock();
        try {
            calls = number;
            ended = 0;
            release();
        } finally {
            lock.unlock();
        }
    }

    /** One of them has its answer. */
    void end() {
        lock.lock();
        try {
            ended++;
            releaseIfComplete();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits.
     *
     * @param waiting calls that neither end nor arrive, because they wait in a queue
     */
    void hold(int waiting) {
        lock.lock();
        try {
            int own = round;
            held++;
            others = waiting;
            releaseIfComplete();
            long left = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (own == round && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void releaseIfComplete() {
        if (held > 0 && ended + held + others >= calls) {
            release();
        }
    }

    private void release() {
        round++;
        held = 0;
        changed.signalAll();
    }
}

package io.inmesh.client.resilience;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The timers of some threads, by the tick at which they are due. Thread-safe. */
final class WheelPart {

    private static final int SLOTS = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Timer[] slots = new Timer[SLOTS];
    // No timer of the slot is due before; what has been called off may have left it too early.
    private final long[] earliest = new long[SLOTS];
    private long lastTick;

    WheelPart() {
        Arrays.fill(earliest, Long.MAX_VALUE);
    }

    void arm(Timer timer, long dueTick) {
        lock.lock();
        try {
            if (timer.armed) {
                unlink(timer);
            }
            // A slot that has been passed is not looked at again before the wheel has turned.
            timer.dueTick = Math.max(dueTick, lastTick + 1);
            link(timer);
        } finally {
            lock.unlock();
        }
    }

    void disarm(Timer timer) {
        lock.lock();
        try {
            if (timer.armed) {
                unlink(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves what is due to a list.
     *
     * @return the tick at which something may be due next
     */
    long takeDue(long nowTick, List<Timer> due) {
        lock.lock();
        try {
            long turned = Math.min(nowTick - lastTick, SLOTS);
            for (long i = 0; i < turned; i++) {
                takeDue(slot(nowTick - i), nowTick, due);
            }
            lastTick = Math.max(lastTick, nowTick);
            long next = Long.MAX_VALUE;
            for (long tick : earliest) {
                next = Math.min(next, tick);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void takeDue(int slot, long nowTick, List<Timer> due) {
        if (earliest[slot] > nowTick) {
            return;
        }
        long next = Long.MAX_VALUE;
        Timer timer = slots[slot];
        while (timer != null) {
            Timer following = timer.after;
            if (timer.dueTick <= nowTick) {
                unlink(timer);
                due.add(timer);
            } else {
                next = Math.min(next, timer.dueTick);
            }
            timer = following;
        }
        earliest[slot] = next;
    }

    private void link(Timer timer) {
        int slot = slot(timer.dueTick);
        Timer first = slots[slot];
        timer.after = first;
        timer.before = null;
        if (first != null) {
            first.before = timer;
        }
        slots[slot] = timer;
        earliest[slot] = Math.min(earliest[slot], timer.dueTick);
        timer.armed = true;
    }

    private void unlink(Timer timer) {
        Timer before = timer.before;
        Timer after = timer.after;
        if (after != null) {
            after.before = before;
        }
        if (before != null) {
            before.after = after;
        } else {
            int slot = slot(timer.dueTick);
            slots[slot] = after;
            if (after == null) {
                earliest[slot] = Long.MAX_VALUE;
            }
        }
        timer.before = null;
        timer.after = null;
        timer.armed = false;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}

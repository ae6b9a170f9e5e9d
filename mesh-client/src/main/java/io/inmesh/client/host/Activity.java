package io.inmesh.client.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Requests under way at the hosts of a cluster, side by side: a balancer that compares hosts reads a few numbers next to each other instead
 * of an object each. A host that goes gives its place back; a call that still holds it may count at its successor for a moment, and takes
 * off what it added. Thread-safe.
 */
public final class Activity {

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int BITS = 4;
    private static final int CHUNK = 1 << BITS;
    private static final int TRIES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Integer> free = new ArrayDeque<>();
    private volatile long[][] chunks = new long[0][];
    private int taken;

    Activity() {}

    /** Requests under way at a place. */
    public long get(int place) {
        return (long) CELLS.getOpaque(chunks[place >> BITS], place & (CHUNK - 1));
    }

    /** A place for a host that is new. */
    int take() {
        lock.lock();
        try {
            for (int i = Math.min(TRIES, free.size()); i > 0; i--) {
                int place = free.remove();
                if (get(place) == 0) {
                    return place;
                }
                free.add(place);
            }
            int chunk = taken >> BITS;
            if (chunk == chunks.length) {
                // Doubled, so that many hosts cost no more than their number.
                long[][] more = Arrays.copyOf(chunks, Math.max(1, 2 * chunks.length));
                for (int i = chunks.length; i < more.length; i++) {
                    more[i] = new long[CHUNK];
                }
                chunks = more;
            }
            return taken++;
        } finally {
            lock.unlock();
        }
    }

    /** The gauge of a place that was taken. */
    Gauge gauge(int place) {
        return new Gauge(chunks[place >> BITS], place & (CHUNK - 1));
    }

    void giveBack(int place) {
        lock.lock();
        try {
            free.add(place);
        } finally {
            lock.unlock();
        }
    }
}

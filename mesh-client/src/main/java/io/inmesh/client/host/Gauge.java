package io.inmesh.client.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How many of something there are now. Thread-safe and exact. */
public final class Gauge {

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells;
    private final int index;

    Gauge() {
        this(new long[1], 0);
    }

    /** In a place among others. */
    Gauge(long[] cells, int index) {
        this.cells = cells;
        this.index = index;
    }

    /** Adds one if there are fewer than the limit. */
    public boolean tryIncrement(long limit) {
        long now = get();
        while (now < limit) {
            if (CELLS.compareAndSet(cells, index, now, now + 1)) {
                return true;
            }
            now = get();
        }
        return false;
    }

    public void increment() {
        long unused = (long) CELLS.getAndAdd(cells, index, 1L);
    }

    public void decrement() {
        long unused = (long) CELLS.getAndAdd(cells, index, -1L);
    }

    public long get() {
        return (long) CELLS.getVolatile(cells, index);
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }
}

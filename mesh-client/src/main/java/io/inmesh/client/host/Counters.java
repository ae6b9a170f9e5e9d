package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Numbers that only grow, one for each constant of an enum; of a cluster or a host, so they survive pushes. Thread-safe; counting
 * allocates nothing.
 *
 * @param <E> what is counted
 */
public final class Counters<E extends Enum<E>> {

    private final AtomicLongArray values;

    Counters(Class<E> stats) {
        values = new AtomicLongArray(stats.getEnumConstants().length);
    }

    public void count(E stat) {
        values.incrementAndGet(stat.ordinal());
    }

    public long get(E stat) {
        return values.get(stat.ordinal());
    }
}

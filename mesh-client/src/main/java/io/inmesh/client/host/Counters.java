package io.inmesh.client.host;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that only grow, one for each constant of an enum; of a cluster or a host, so they survive pushes. Thread-safe; counting
 * allocates nothing.
 *
 * @param <E> what is counted
 */
public final class Counters<E extends Enum<E>> {

    /** Complete from the beginning, and from then on only read. */
    private final Map<E, AtomicLong> values;

    Counters(Class<E> stats) {
        values = new EnumMap<>(stats);
        for (E stat : stats.getEnumConstants()) {
            values.put(stat, new AtomicLong());
        }
    }

    public void count(E stat) {
        value(stat).incrementAndGet();
    }

    public long get(E stat) {
        return value(stat).get();
    }

    private AtomicLong value(E stat) {
        return Objects.requireNonNull(values.get(stat));
    }
}

package io.inmesh.control.state.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of one state and how they follow from one another. What a computation reads is noted, not declared, so that none can be
 * forgotten. Used by one thread at a time.
 */
public final class Graph {

    private final Set<Derived<?>> stale = new LinkedHashSet<>();
    private final List<Cell<?>> readFromOutside = new ArrayList<>();
    private @Nullable Set<Cell<?>> reading;
    private long time;
    private long computations;

    /** The kept values that may be others than they were, each once; they are told only once. */
    public List<Derived<?>> takeStale() {
        List<Derived<?>> taken = List.copyOf(stale);
        stale.clear();
        return taken;
    }

    /** How many values were computed so far. */
    public long computations() {
        return computations;
    }

    /** Forgets what was read from outside and nobody else reads. */
    public void sweep() {
        List<Cell<?>> swept = List.copyOf(readFromOutside);
        readFromOutside.clear();
        swept.stream().filter(cell -> !cell.hasReaders()).forEach(Cell::abandoned);
    }

    long tick() {
        return ++time;
    }

    void noteStale(Derived<?> derived) {
        stale.add(derived);
    }

    void noteRead(Cell<?> cell) {
        if (reading != null) {
            reading.add(cell);
        } else {
            readFromOutside.add(cell);
        }
    }

    /** Runs a computation; what it reads is added to the set. */
    <V> V compute(Set<Cell<?>> read, Supplier<V> computation) {
        Set<Cell<?>> outer = reading;
        reading = read;
        computations++;
        try {
            return computation.get();
        } finally {
            reading = outer;
        }
    }
}

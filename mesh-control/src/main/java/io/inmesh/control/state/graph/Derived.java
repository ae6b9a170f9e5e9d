package io.inmesh.control.state.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed from others. It remembers what it read; when something of that may have changed it is stale, and the next read
 * first looks whether it really did. A computation that gives an equal value again changes nothing for its readers.
 */
public final class Derived<V> extends Cell<V> {

    private final Supplier<V> computation;
    private final Runnable onAbandoned;
    private List<Source> sources = List.of();
    private @Nullable V value;
    private boolean stale = true;
    private boolean computed;
    private int keepers;

    private record Source(Cell<?> cell, long version) {}

    Derived(Graph graph, Supplier<V> computation, Runnable onAbandoned) {
        super(graph);
        this.computation = computation;
        this.onAbandoned = onAbandoned;
    }

    /** The value as of now; for whoever {@linkplain Family#keep keeps} it. */
    public V current() {
        refresh();
        return value();
    }

    /** Ends a keeping; without any keeper or reader the value is forgotten. */
    public void release() {
        keepers--;
        if (keepers == 0 && !hasReaders()) {
            abandoned();
        }
    }

    Derived<V> kept() {
        keepers++;
        return this;
    }

    void invalidate() {
        if (!stale) {
            stale = true;
            if (keepers > 0) {
                graph.noteStale(this);
            }
            invalidateReaders();
        }
    }

    @Override
    void refresh() {
        if (!stale) {
            return;
        }
        if (!computed || sources.stream().anyMatch(Derived::isAnother)) {
            compute();
        }
        stale = false;
    }

    private static boolean isAnother(Source source) {
        source.cell.refresh();
        return source.cell.version() != source.version;
    }

    private void compute() {
        Set<Cell<?>> read = new LinkedHashSet<>();
        V now = graph.compute(read, computation);
        List<Source> before = sources;
        sources = new ArrayList<>(read.size());
        for (Cell<?> cell : read) {
            sources.add(new Source(cell, cell.version()));
            cell.addReader(this);
        }
        before.stream().map(Source::cell).filter(cell -> !read.contains(cell)).forEach(cell -> cell.removeReader(this));
        if (!computed || !Objects.equals(value, now)) {
            value = now;
            changed();
        }
        computed = true;
    }

    @Override
    @SuppressWarnings("NullAway") // refresh() comes before every call
    V value() {
        return value;
    }

    @Override
    void abandoned() {
        if (keepers == 0) {
            onAbandoned.run();
            List<Source> before = sources;
            sources = List.of();
            computed = false;
            stale = true;
            before.forEach(source -> source.cell.removeReader(this));
        }
    }
}

package io.inmesh.control.state.graph;

import java.util.LinkedHashSet;
import java.util.Set;

/** A value that may be read while another one is computed, and thereby becomes one of its sources. */
abstract sealed class Cell<V> permits Input, Derived {

    final Graph graph;
    private final Set<Derived<?>> readers = new LinkedHashSet<>(2);
    private long version;

    Cell(Graph graph) {
        this.graph = graph;
    }

    /** The value as of now. */
    final V read() {
        refresh();
        graph.noteRead(this);
        return value();
    }

    /** Brings the value up to date. */
    abstract void refresh();

    abstract V value();

    /** Nobody reads it any longer. */
    abstract void abandoned();

    /** Differs from an earlier answer if the value does. */
    final long version() {
        return version;
    }

    final void changed() {
        version = graph.tick();
    }

    final void invalidateReaders() {
        readers.forEach(Derived::invalidate);
    }

    final void addReader(Derived<?> reader) {
        readers.add(reader);
    }

    final void removeReader(Derived<?> reader) {
        readers.remove(reader);
        if (readers.isEmpty()) {
            abandoned();
        }
    }

    final boolean hasReaders() {
        return !readers.isEmpty();
    }
}

package io.inmesh.control.state.graph;

import java.util.Objects;

/** A value that is set from outside. */
final class Input<V> extends Cell<V> {

    private final Runnable onAbandoned;
    private V value;

    Input(Graph graph, V value, Runnable onAbandoned) {
        super(graph);
        this.value = value;
        this.onAbandoned = onAbandoned;
    }

    void set(V now) {
        if (!Objects.equals(value, now)) {
            value = now;
            changed();
            invalidateReaders();
        }
    }

    @Override
    void refresh() {}

    @Override
    V value() {
        return value;
    }

    @Override
    void abandoned() {
        onAbandoned.run();
    }
}

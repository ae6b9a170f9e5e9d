package io.inmesh.control.state.graph;

import java.util.HashMap;
import java.util.Map;

/** Values by key that are set from outside; a key that was never set has the same value as all others without. */
public final class Inputs<K, V> {

    private final Graph graph;
    private final V nothing;
    private final Map<K, Input<V>> inputs = new HashMap<>();

    public Inputs(Graph graph, V nothing) {
        this.graph = graph;
        this.nothing = nothing;
    }

    /** A key that is read before it is set is remembered, because its absence was used. */
    public V read(K key) {
        return input(key).read();
    }

    public void set(K key, V value) {
        Input<V> input = input(key);
        input.set(value);
        drop(key, input);
    }

    private Input<V> input(K key) {
        Input<V> known = inputs.get(key);
        if (known == null) {
            known = new Input<>(graph, nothing, () -> abandoned(key));
            inputs.put(key, known);
        }
        return known;
    }

    private void abandoned(K key) {
        Input<V> input = inputs.get(key);
        if (input != null) {
            drop(key, input);
        }
    }

    private void drop(K key, Input<V> input) {
        if (!input.hasReaders() && input.value().equals(nothing)) {
            inputs.remove(key);
        }
    }
}

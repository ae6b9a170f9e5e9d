package io.inmesh.control.state.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** One computation for many keys; each is done when it is first read, and forgotten when nobody reads it any longer. */
public final class Family<K, V> {

    private final Graph graph;
    private final Function<K, V> computation;
    private final Map<K, Derived<V>> members = new HashMap<>();

    public Family(Graph graph, Function<K, V> computation) {
        this.graph = graph;
        this.computation = computation;
    }

    public V read(K key) {
        return member(key).read();
    }

    /** The value's holder, which {@linkplain Graph#takeStale says} when it may have changed, until it is released. */
    public Derived<V> keep(K key) {
        return member(key).kept();
    }

    /** How many keys are remembered. */
    public int size() {
        return members.size();
    }

    private Derived<V> member(K key) {
        Derived<V> known = members.get(key);
        if (known == null) {
            known = new Derived<>(graph, () -> computation.apply(key), () -> members.remove(key));
            members.put(key, known);
        }
        return known;
    }
}

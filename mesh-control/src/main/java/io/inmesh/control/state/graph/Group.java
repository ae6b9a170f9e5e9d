package io.inmesh.control.state.graph;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Members under keys of their own, such as policies by namespace. A member may stand under several keys; each key's list is in order.
 * Changes can be read after {@link #publish()}.
 */
public final class Group<K, T> {

    private final Inputs<K, List<T>> lists;
    private final Function<T, ? extends Collection<K>> keys;
    private final Comparator<? super T> order;
    private final Map<K, TreeSet<T>> members = new HashMap<>();
    private final Set<K> touched = new LinkedHashSet<>();

    /** @param order tells any two members apart */
    public Group(Graph graph, Function<T, ? extends Collection<K>> keys, Comparator<? super T> order) {
        this.lists = new Inputs<>(graph, List.of());
        this.keys = keys;
        this.order = order;
    }

    public List<T> read(K key) {
        return lists.read(key);
    }

    public void add(T member) {
        for (K key : keys.apply(member)) {
            members.computeIfAbsent(key, unknown -> new TreeSet<>(order)).add(member);
            touched.add(key);
        }
    }

    public void remove(T member) {
        for (K key : keys.apply(member)) {
            TreeSet<T> some = members.get(key);
            if (some != null && some.remove(member)) {
                touched.add(key);
                if (some.isEmpty()) {
                    members.remove(key);
                }
            }
        }
    }

    public void publish() {
        for (K key : touched) {
            TreeSet<T> some = members.get(key);
            lists.set(key, some == null ? List.of() : List.copyOf(some));
        }
        touched.clear();
    }
}

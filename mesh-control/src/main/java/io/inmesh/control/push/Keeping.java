package io.inmesh.control.push;

import io.inmesh.control.state.graph.Derived;
import io.inmesh.control.state.graph.Graph;
import java.lang.System.Logger.Level;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has to look again when a computed value is no longer what it was. Under the hub's lock. */
final class Keeping {

    private static final System.Logger LOG = System.getLogger(Keeping.class.getName());

    private final Graph graph;
    private final IdentityHashMap<Derived<?>, Set<Runnable>> lookers = new IdentityHashMap<>();
    private final Set<Runnable> failed = new LinkedHashSet<>();

    Keeping(Graph graph) {
        this.graph = graph;
    }

    /** Keeps a value that was got by {@code Family.keep}; whoever looks reads it. */
    void keep(Derived<?> value, Runnable looker) {
        lookers.computeIfAbsent(value, unknown -> new LinkedHashSet<>(2)).add(looker);
    }

    void release(Derived<?> value, Runnable looker) {
        lookers.computeIfPresent(value, (same, some) -> {
            some.remove(looker);
            return some.isEmpty() ? null : some;
        });
        failed.remove(looker);
        value.release();
    }

    /** Lets all look whose value may have changed. One that cannot be computed leaves what was there, and is tried again next time. */
    void refresh() {
        List<Runnable> again = List.copyOf(failed);
        failed.clear();
        again.forEach(this::look);
        for (List<Derived<?>> stale = graph.takeStale(); !stale.isEmpty(); stale = graph.takeStale()) {
            for (Derived<?> value : stale) {
                List.copyOf(lookers.getOrDefault(value, Set.of())).forEach(this::look);
            }
        }
        graph.sweep();
    }

    void look(Runnable looker) {
        try {
            looker.run();
        } catch (RuntimeException bug) {
            // One resource that cannot be made must not take the others along.
            LOG.log(Level.ERROR, "a resource cannot be translated, the last one stays", bug);
            failed.add(looker);
        }
    }
}

package io.inmesh.client.host;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which hosts of a cluster outlier detection has to remember: those that are ejected, and those that were and whose ejection time has not
 * sunk to its base again. All of it under the cluster's lock.
 */
public final class Ejections {

    private final Set<Host> remembered = new LinkedHashSet<>();
    private final HealthChanges changes;
    private int ejected;

    Ejections(HealthChanges changes) {
        this.changes = changes;
    }

    /** How many are out now. */
    public int count() {
        return ejected;
    }

    /** The hosts to look at in a sweep, the longest remembered first; a copy. */
    public List<Host> remembered() {
        return List.copyOf(remembered);
    }

    public boolean isEmpty() {
        return remembered.isEmpty();
    }

    public void eject(Host host, long nowNanos, long forNanos) {
        host.outlier().eject(nowNanos, forNanos);
        remembered.add(host);
        ejected++;
        changes.add(host);
    }

    public void comeBack(Host host, long nowNanos) {
        host.outlier().comeBack(nowNanos);
        ejected--;
        changes.add(host);
    }

    /** Nothing about the host matters any longer. */
    public void forget(Host host) {
        remembered.remove(host);
    }

    void retain(Predicate<Host> named) {
        remembered.removeIf(host -> {
            boolean gone = !named.test(host);
            ejected -= gone && host.ejected() ? 1 : 0;
            return gone;
        });
    }
}

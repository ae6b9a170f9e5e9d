package io.inmesh.client.authz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Headers that filters took away from a request, and lines that they put in. One call's state; adapters read it when all is decided. */
public final class RequestEdits {

    /** No changes. */
    public static final RequestEdits NONE = new RequestEdits();

    private final Set<String> removed = new HashSet<>(4);
    private final List<Map.Entry<String, String>> added = new ArrayList<>(2);

    RequestEdits() {}

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    /**
     * Whether the lines that the caller sent are taken away.
     *
     * @param name lower case
     */
    public boolean removes(String name) {
        return !removed.isEmpty() && removed.contains(name);
    }

    /** Names, lower case, and values, in order. */
    public List<Map.Entry<String, String>> added() {
        return added;
    }

    void remove(String name) {
        removed.add(name);
        added.removeIf(line -> line.getKey().equals(name));
    }

    void add(String name, String value) {
        added.add(Map.entry(name, value));
    }

    List<String> added(String name) {
        return added.stream()
                .filter(line -> line.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}

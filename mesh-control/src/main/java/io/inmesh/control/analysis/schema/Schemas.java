package io.inmesh.control.analysis.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The schemas of many kinds, in each of their versions. Immutable. */
public final class Schemas {

    private final Map<String, Map<String, Schema>> kinds;

    Schemas(Map<String, Map<String, Schema>> kinds) {
        this.kinds = new LinkedHashMap<>(kinds);
    }

    /** Tells whether a kind is known in any version. */
    public boolean knows(String group, String kind) {
        return kinds.containsKey(group + "/" + kind);
    }

    /** The versions of a kind, sorted; empty if it is not known. */
    public Set<String> versions(String group, String kind) {
        return new TreeMap<>(kinds.getOrDefault(group + "/" + kind, Map.of())).keySet();
    }

    public Optional<Schema> find(String group, String version, String kind) {
        return Optional.ofNullable(
                kinds.getOrDefault(group + "/" + kind, Map.of()).get(version));
    }

    /** These, and of others the kinds that these do not have. */
    public Schemas orElse(Schemas others) {
        Map<String, Map<String, Schema>> all = new LinkedHashMap<>(others.kinds);
        all.putAll(kinds);
        return new Schemas(all);
    }

    /** Group and kind of all, such as {@code networking.istio.io/Gateway}. */
    public Set<String> names() {
        return Set.copyOf(kinds.keySet());
    }
}

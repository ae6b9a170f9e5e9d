package io.inmesh.conformance.row;

import io.inmesh.conformance.config.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One object of a row file. Whatever key nobody asked for is a mistake, and {@link #done} says so. */
final class Fields {

    private final Map<String, Object> values;

    Fields(Object node) {
        this.values = new LinkedHashMap<>(Tree.asObject(node));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key, String absent) {
        return String.valueOf(take(key, absent));
    }

    String text(String key) {
        return String.valueOf(required(key));
    }

    int number(String key, int absent) {
        return ((Number) take(key, absent)).intValue();
    }

    boolean flag(String key) {
        return (Boolean) take(key, false);
    }

    List<Object> list(String key) {
        return List.copyOf((List<?>) take(key, List.of()));
    }

    List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    Map<String, Object> object(String key) {
        return Tree.asObject(take(key, Map.of()));
    }

    Object required(String key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("No '" + key + "' in " + values);
        }
        return values.remove(key);
    }

    void done() {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("Unknown in a row file: " + Set.copyOf(values.keySet()));
        }
    }

    private Object take(String key, Object absent) {
        Object value = values.remove(key);
        return value == null ? absent : value;
    }
}

package io.inmesh.conformance.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists, in the spelling of the captures (lowerCamelCase). */
public final class Tree {

    private Tree() {}

    /** A deep copy that may be changed. */
    @SuppressWarnings("unchecked") // JSON objects have strings as keys
    public static <T> T copy(T node) {
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put((String) key, copy(value)));
            return (T) copy;
        }
        if (node instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return (T) copy;
        }
        return node;
    }

    /** The object under a key, or an empty one. */
    public static Map<String, Object> object(@Nullable Object node, String key) {
        Object child = node instanceof Map<?, ?> map ? map.get(key) : null;
        return child == null ? new LinkedHashMap<>() : asObject(child);
    }

    /** The objects in the list under a key, or none. */
    public static List<Map<String, Object>> objects(@Nullable Object node, String key) {
        Object child = node instanceof Map<?, ?> map ? map.get(key) : null;
        return child == null ? new ArrayList<>() : asObjects(child);
    }

    @SuppressWarnings("unchecked") // JSON objects have strings as keys
    public static Map<String, Object> asObject(Object node) {
        return (Map<String, Object>) node;
    }

    @SuppressWarnings("unchecked") // a list whose items the schema says are objects
    public static List<Map<String, Object>> asObjects(Object node) {
        return (List<Map<String, Object>>) node;
    }

    public static String text(Map<String, Object> node, String key) {
        return String.valueOf(Objects.requireNonNull(node.get(key), () -> "no '" + key + "' in " + node.keySet()));
    }

    /** Every object of the tree, outermost first. */
    public static void visit(@Nullable Object node, Consumer<Map<String, Object>> visitor) {
        if (node instanceof Map<?, ?>) {
            Map<String, Object> object = asObject(node);
            visitor.accept(object);
            List.copyOf(object.values()).forEach(value -> visit(value, visitor));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> visit(item, visitor));
        }
    }
}

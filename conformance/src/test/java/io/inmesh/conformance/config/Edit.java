package io.inmesh.conformance.config;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One change of a configuration: the value at a path is replaced, or removed.
 *
 * @param at the kind's file name, the resource's name, then keys; an item of a list by its name or its index
 * @param to the new value; null removes
 */
public record Edit(List<Object> at, @Nullable Object to) {

    public Edit {
        at = List.copyOf(at);
    }

    void apply(Configuration configuration) {
        Object node = configuration.resources(kind());
        for (Object step : at.subList(1, at.size() - 1)) {
            node = child(node, step);
        }
        Object last = at.get(at.size() - 1);
        if (node instanceof Map<?, ?>) {
            Map<String, Object> object = Tree.asObject(node);
            if (to == null) {
                check(object.remove((String) last) != null);
            } else {
                object.put((String) last, Tree.copy(to));
            }
        } else {
            List<Map<String, Object>> list = Tree.asObjects(node);
            int index = index(list, last);
            if (to == null) {
                list.remove(index);
            } else {
                list.set(index, Tree.asObject(Tree.copy(to)));
            }
        }
    }

    private ResourceKind kind() {
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind.file().equals(at.get(0))) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No kind " + at.get(0));
    }

    private Object child(Object node, Object step) {
        Object child = node instanceof Map<?, ?> map
                ? map.get(step)
                : Tree.asObjects(node).get(index(Tree.asObjects(node), step));
        check(child != null);
        return java.util.Objects.requireNonNull(child);
    }

    private int index(List<Map<String, Object>> list, Object step) {
        if (step instanceof Integer index) {
            return index;
        }
        int found = IntStream.range(0, list.size())
                .filter(i -> step.equals(list.get(i).get("name"))
                        || step.equals(list.get(i).get("clusterName")))
                .findFirst()
                .orElse(-1);
        check(found >= 0);
        return found;
    }

    private void check(boolean found) {
        if (!found) {
            throw new IllegalArgumentException("Nothing is at " + at);
        }
    }
}

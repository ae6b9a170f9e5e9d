package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mistake that a decoder can make, and then makes everywhere.
 *
 * @param what it is, in words
 * @param field of Envoy's that it is about, as rows name it
 * @param key what gets a wrong value
 * @param change of the right value; null leaves it out
 */
public record Mistake(String what, String field, String key, Change change) {

    /** The wrong value for a right one. */
    @FunctionalInterface
    public interface Change {
        @Nullable
        Object of(Object old);
    }

    /** The configuration as it is read with this mistake. */
    public Configuration in(Configuration configuration) {
        Configuration copy = configuration.copy();
        for (ResourceKind kind : List.of(ResourceKind.ROUTES, ResourceKind.CLUSTER)) {
            Tree.visit(copy.resources(kind), this::make);
        }
        return copy;
    }

    /** Whether the configuration gives an occasion for it. */
    public boolean changes(Configuration configuration) {
        return !in(configuration).sameAs(configuration);
    }

    private void make(Map<String, Object> node) {
        if (!node.containsKey(key)) {
            return;
        }
        Object changed = change.of(Objects.requireNonNull(node.get(key)));
        if (changed == null) {
            node.remove(key);
        } else {
            node.put(key, changed);
        }
    }
}

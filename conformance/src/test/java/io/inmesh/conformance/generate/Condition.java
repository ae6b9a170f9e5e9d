package io.inmesh.conformance.generate;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a route asks of a request.
 *
 * @param field of Envoy's configuration that asks it
 * @param met changes a request so that it meets the condition; null if no request of a row can
 * @param variants of a request that meets it, on both sides of its edge
 */
record Condition(String field, @Nullable Consumer<Draft> met, List<Variant> variants) {

    Condition {
        variants = List.copyOf(variants);
    }

    static Condition of(String field, Consumer<Draft> met, Variant... variants) {
        return new Condition(field, met, List.of(variants));
    }

    static Condition never(String field) {
        return new Condition(field, null, List.of());
    }

    /**
     * A small change of a request.
     *
     * @param what it is, in words
     * @param field of Envoy's configuration that decides what becomes of it
     */
    record Variant(String what, String field, Consumer<Draft> change) {}
}

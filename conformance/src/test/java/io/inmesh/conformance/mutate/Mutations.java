package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes every mistake of a list at every place of a configuration's routes where it is possible. */
public final class Mutations {

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("first header's match inverted", "headers", list -> inverted(list, true)),
            new Mistake("last header's match inverted", "headers", list -> inverted(list, false)),
            new Mistake("header predicates dropped", "headers", old -> null),
            new Mistake("query predicates dropped", "queryParameters", old -> null),
            new Mistake("prefix one character longer", "prefix", old -> old + "x"),
            new Mistake("path one character longer", "path", old -> old + "x"),
            new Mistake("regex one character longer", "regex", old -> old + "x"),
            new Mistake("suffix one character longer", "suffix", old -> old + "x"),
            new Mistake("one retry fewer", "numRetries", old -> ((Number) old).intValue() - 1),
            new Mistake("one retry more", "numRetries", old -> ((Number) old).intValue() + 1),
            new Mistake("retries dropped", "retryPolicy", old -> null),
            new Mistake("statuses off by one", "retriableStatusCodes", Mutations::offByOne),
            new Mistake("prefix not rewritten", "prefixRewrite", old -> null),
            new Mistake("authority not rewritten", "hostRewriteLiteral", old -> null),
            new Mistake("request headers not added", "requestHeadersToAdd", old -> null),
            new Mistake("request headers not removed", "requestHeadersToRemove", old -> null),
            new Mistake("response headers not added", "responseHeadersToAdd", old -> null),
            new Mistake("status off by one", "status", old -> ((Number) old).intValue() + 1),
            new Mistake("fault's status off by one", "httpStatus", old -> ((Number) old).intValue() + 1),
            new Mistake("case matters", "caseSensitive", old -> true));

    private Mutations() {}

    /** All mutations of a configuration that change it. */
    public static List<Mutation> of(Configuration configuration) {
        List<Mutation> mutations = new ArrayList<>();
        for (Mistake mistake : MISTAKES) {
            int places = visit(configuration.copy(), mistake, -1);
            for (int place = 0; place < places; place++) {
                Configuration copy = configuration.copy();
                visit(copy, mistake, place);
                if (!copy.resources(ResourceKind.ROUTES).equals(configuration.resources(ResourceKind.ROUTES))) {
                    mutations.add(new Mutation(mistake.what() + ", place " + place, copy));
                }
            }
        }
        return mutations;
    }

    /** Counts the places of a mistake, and makes it at one of them. */
    private static int visit(Configuration configuration, Mistake mistake, int place) {
        AtomicInteger seen = new AtomicInteger();
        Tree.visit(configuration.resources(ResourceKind.ROUTES), node -> {
            if (node.containsKey(mistake.field()) && seen.getAndIncrement() == place) {
                mistake.make(node);
            }
        });
        return seen.get();
    }

    private static Object inverted(Object headers, boolean first) {
        List<Map<String, Object>> list = Tree.asObjects(Tree.copy(headers));
        Map<String, Object> header = list.get(first ? 0 : list.size() - 1);
        header.put("invertMatch", !Boolean.TRUE.equals(header.get("invertMatch")));
        return list;
    }

    private static Object offByOne(Object codes) {
        List<Object> changed = new ArrayList<>();
        ((List<?>) codes).forEach(code -> changed.add(((Number) code).intValue() + 1));
        return changed;
    }

    /**
     * A kind of mistake.
     *
     * @param field that gets a wrong value, wherever it has one
     * @param change of the right value; null leaves the field out
     */
    private record Mistake(String what, String field, Change change) {

        void make(Map<String, Object> node) {
            Object changed = change.of(Objects.requireNonNull(node.get(field)));
            if (changed == null) {
                node.remove(field);
            } else {
                node.put(field, changed);
            }
        }
    }

    /** The wrong value for a right one. */
    @FunctionalInterface
    private interface Change {
        @Nullable
        Object of(Object old);
    }
}

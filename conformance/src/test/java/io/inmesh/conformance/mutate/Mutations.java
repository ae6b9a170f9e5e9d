package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes every mistake of a list at every place of a configuration's routes where it is possible. */
public final class Mutations {

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("match inverted", "invertMatch", old -> !Boolean.TRUE.equals(old), "stringMatch"),
            new Mistake("match inverted", "invertMatch", old -> !Boolean.TRUE.equals(old), "presentMatch"),
            new Mistake("header predicates dropped", "headers", old -> null, "headers"),
            new Mistake("query predicates dropped", "queryParameters", old -> null, "queryParameters"),
            new Mistake("prefix one character longer", "prefix", old -> old.equals("/") ? null : old + "x", "prefix"),
            new Mistake("path one character longer", "path", old -> old + "x", "path"),
            new Mistake("regex one character longer", "regex", old -> old + "x", "regex"),
            new Mistake("suffix one character longer", "suffix", old -> old + "x", "suffix"),
            new Mistake("one retry fewer", "numRetries", old -> ((Number) old).intValue() - 1, "numRetries"),
            new Mistake("one retry more", "numRetries", old -> ((Number) old).intValue() + 1, "numRetries"),
            new Mistake("retries dropped", "retryPolicy", old -> null, "retryPolicy"),
            new Mistake("statuses off by one", "retriableStatusCodes", Mutations::offByOne, "retriableStatusCodes"),
            new Mistake("prefix not rewritten", "prefixRewrite", old -> null, "prefixRewrite"),
            new Mistake("authority not rewritten", "hostRewriteLiteral", old -> null, "hostRewriteLiteral"),
            new Mistake("request headers not added", "requestHeadersToAdd", old -> null, "requestHeadersToAdd"),
            new Mistake("request headers not removed", "requestHeadersToRemove", old -> null, "requestHeadersToRemove"),
            new Mistake("response headers not added", "responseHeadersToAdd", old -> null, "responseHeadersToAdd"),
            new Mistake("status off by one", "status", old -> ((Number) old).intValue() + 1, "status"),
            new Mistake("fault's status off by one", "httpStatus", old -> ((Number) old).intValue() + 1, "httpStatus"),
            new Mistake("case matters", "caseSensitive", old -> true, "caseSensitive"));

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
                    mutations.add(new Mutation(mistake.what() + " #" + place, copy));
                }
            }
        }
        return mutations;
    }

    /** Counts the places of a mistake, and makes it at one of them. */
    private static int visit(Configuration configuration, Mistake mistake, int place) {
        AtomicInteger seen = new AtomicInteger();
        Tree.visit(configuration.resources(ResourceKind.ROUTES), node -> {
            if (node.containsKey(mistake.where()) && seen.getAndIncrement() == place) {
                mistake.make(node);
            }
        });
        return seen.get();
    }

    private static Object offByOne(Object codes) {
        List<Object> changed = new ArrayList<>();
        ((List<?>) codes).forEach(code -> changed.add(((Number) code).intValue() + 1));
        return changed;
    }

    /**
     * A kind of mistake.
     *
     * @param field that gets a wrong value
     * @param change of the old value; null leaves the field out
     * @param where an object has such a field or should have it
     */
    private record Mistake(String what, String field, Change change, String where) {

        void make(Map<String, Object> node) {
            Object changed = change.of(node.get(field));
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
        @org.jspecify.annotations.Nullable
        Object of(@org.jspecify.annotations.Nullable Object old);
    }
}

package io.inmesh.control.analysis.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Matches of a path prefix that an earlier match of a shorter prefix takes. Stateless. */
final class PrefixCovers {

    private PrefixCovers() {}

    /** A match by prefix with what else it asks for; values begin with how they are compared. */
    private record Covering(
            Spot match, String rule, String name, String prefix, String port, Map<String, String> conditions) {

        /** Whether each request that the other takes is taken here. */
        boolean covers(Covering other) {
            if (!other.prefix.startsWith(prefix)
                    || other.prefix.equals(prefix)
                    || !other.port.equals(port)
                    || !other.conditions.keySet().equals(conditions.keySet())) {
                return false;
            }
            return conditions.entrySet().stream().allMatch(entry -> entry.getValue()
                    .startsWith(other.conditions.getOrDefault(entry.getKey(), "\n")));
        }
    }

    static void check(List<Spot> routes) {
        List<Covering> earlier = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            List<Spot> matches = routes.get(i).objects("match");
            for (int j = 0; j < matches.size(); j++) {
                Spot match = matches.get(j);
                String prefix = match.object("uri").text("prefix");
                if (!prefix.isEmpty()) {
                    Covering covering = new Covering(
                            match,
                            UnreachableRules.name(routes.get(i), i),
                            UnreachableRules.matchName(match, j),
                            prefix,
                            match.text("port"),
                            conditions(match));
                    earlier.stream()
                            .filter(before -> before.covers(covering))
                            .findFirst()
                            .ifPresent(before -> report(before, covering));
                    earlier.add(covering);
                }
            }
        }
    }

    private static void report(Covering before, Covering covered) {
        UnreachableRules.ineffective(
                covered.match(),
                covered.rule(),
                covered.name() + " of prefix " + covered.prefix(),
                before.name() + " of prefix " + before.prefix() + " on " + before.rule());
    }

    private static Map<String, String> conditions(Spot match) {
        Map<String, String> conditions = new TreeMap<>();
        match.value().entries().keySet().stream()
                .filter(field -> !List.of(
                                "uri", "name", "port", "headers", "queryParams", "withoutHeaders", "statPrefix")
                        .contains(field))
                .forEach(field -> conditions.put(field, kind(match.object(field), match.text(field))));
        for (String field : List.of("headers", "queryParams", "withoutHeaders")) {
            Spot named = match.object(field);
            named.value()
                    .entries()
                    .keySet()
                    .forEach(name -> conditions.put(field + "/" + name, kind(named.object(name), "")));
        }
        return conditions;
    }

    private static String kind(Spot text, String plain) {
        for (String how : List.of("exact", "prefix", "regex")) {
            if (text.has(how)) {
                // A regex can be compared with itself only.
                return how.equals("regex") ? "regex:" + text.text(how) + "\t" : how + ":" + text.text(how);
            }
        }
        return "any:" + plain + text.value().entries().keySet();
    }
}

package io.inmesh.conformance.compare;

import io.inmesh.conformance.row.Step;
import io.inmesh.conformance.side.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what both sides answered to one step. */
public final class Agreement {

    private Agreement() {}

    /** One line for each disagreement; none if the sides agree. */
    public static List<String> differences(Step step, List<Answer> envoy, List<Answer> ours) {
        List<Map<String, String>> theirs = facts(envoy);
        List<Map<String, String>> own = facts(ours);
        String fact = step.how().fact();
        return switch (step.how().mode()) {
            case NOTHING -> List.of();
            case EXACT -> exact(step, theirs, own);
            case SHARES -> shares(Tally.of(fact, theirs), Tally.of(fact, own));
            case DISTINCT ->
                same(
                        "distinct " + fact,
                        Tally.of(fact, theirs).values().size(),
                        Tally.of(fact, own).values().size());
            case TIMES -> Durations.differences(envoy, ours);
            case COUNTS -> same("counts of " + fact, Tally.of(fact, theirs), Tally.of(fact, own));
        };
    }

    private static List<String> exact(Step step, List<Map<String, String>> envoy, List<Map<String, String>> ours) {
        List<String> differences = new ArrayList<>();
        List<Map<String, String>> theirs = compared(step, envoy);
        List<Map<String, String>> own = compared(step, ours);
        for (int i = 0; i < theirs.size(); i++) {
            Set<String> names = new TreeSet<>(theirs.get(i).keySet());
            names.addAll(own.get(i).keySet());
            for (String name : names) {
                String one = theirs.get(i).getOrDefault(name, "(absent)");
                String other = own.get(i).getOrDefault(name, "(absent)");
                if (!one.equals(other)) {
                    differences.add("#" + i + " " + name + ": Envoy <" + one + ">, we <" + other + ">");
                }
            }
        }
        return differences;
    }

    /** Answers to requests that were sent at once have no order of their own. */
    private static List<Map<String, String>> compared(Step step, List<Map<String, String>> answers) {
        List<Map<String, String>> compared = new ArrayList<>();
        for (Map<String, String> answer : answers) {
            Map<String, String> kept = new TreeMap<>(answer);
            kept.keySet()
                    .removeIf(fact -> step.ignoring().contains(fact)
                            || NotCompared.reason(fact).isPresent()
                            || (step.atOnce() && fact.endsWith("x-conformance-id")));
            compared.add(kept);
        }
        if (step.atOnce()) {
            compared.sort((one, other) -> one.toString().compareTo(other.toString()));
        }
        return compared;
    }

    private static List<String> shares(Tally envoy, Tally ours) {
        List<String> differences = new ArrayList<>();
        Set<String> values = new TreeSet<>(envoy.values());
        values.addAll(ours.values());
        for (String value : values) {
            if (!Binomial.sameShare(envoy.count(value), envoy.total(), ours.count(value), ours.total())) {
                differences.add("share of " + value + ": Envoy " + envoy + ", we " + ours);
            }
        }
        return differences;
    }

    private static List<String> same(String what, Object envoy, Object ours) {
        return envoy.equals(ours) ? List.of() : List.of(what + ": Envoy <" + envoy + ">, we <" + ours + ">");
    }

    private static List<Map<String, String>> facts(List<Answer> answers) {
        return answers.stream().map(Facts::of).toList();
    }
}

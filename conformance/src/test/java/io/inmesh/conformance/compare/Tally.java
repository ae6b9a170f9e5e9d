package io.inmesh.conformance.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How often each value of a fact comes.
 *
 * @param counts by value
 */
record Tally(Map<String, Integer> counts) {

    static Tally of(String fact, List<Map<String, String>> answers) {
        Map<String, Integer> counts = new TreeMap<>();
        answers.forEach(answer -> counts.merge(answer.getOrDefault(fact, "(absent)"), 1, Integer::sum));
        return new Tally(counts);
    }

    Set<String> values() {
        return counts.keySet();
    }

    int count(String value) {
        return counts.getOrDefault(value, 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}

package io.inmesh.conformance.compare;

import io.inmesh.conformance.echo.Arrival;
import io.inmesh.conformance.row.Step;
import io.inmesh.conformance.side.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a row says that the answers are: facts by name; {@code elapsed} as bounds in milliseconds; {@code connections} as the
 * number of those that were used; {@code shares}, {@code counts} and {@code distinct} of the fact that the step counts.
 */
public final class Expectation {

    /** Envoy starts a timer at the time that its event loop read last, so that it may seem to expire a little early. */
    private static final long CACHED_TIME_MILLIS = 25;

    private Expectation() {}

    /** One line for each expectation that the answers do not meet. */
    public static List<String> failures(Step step, List<Answer> answers) {
        List<String> failures = new ArrayList<>();
        List<Map<String, String>> facts = answers.stream().map(Facts::of).toList();
        step.expect().forEach((name, expected) -> {
            switch (name) {
                case "elapsed" -> answers.forEach(answer -> elapsed((List<?>) expected, answer, failures));
                case "shares" ->
                    shares((Map<?, ?>) expected, Tally.of(step.how().fact(), facts), failures);
                case "distinct" ->
                    check(
                            name,
                            expected,
                            Tally.of(step.how().fact(), facts).values().size(),
                            failures);
                case "connections" -> check(name, expected, connections(answers), failures);
                case "counts" -> check(name, expected, Tally.of(step.how().fact(), facts), failures);
                default ->
                    facts.forEach(answer -> check(name, expected, answer.getOrDefault(name, "(absent)"), failures));
            }
        });
        return failures;
    }

    private static long connections(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.arrivals().stream())
                .map(Arrival::connection)
                .distinct()
                .count();
    }

    private static void elapsed(List<?> bounds, Answer answer, List<String> failures) {
        long least = ((Number) bounds.get(0)).longValue();
        long most = ((Number) bounds.get(1)).longValue();
        if (answer.elapsedMillis() < least - CACHED_TIME_MILLIS || answer.elapsedMillis() > most) {
            failures.add("elapsed: expected " + bounds + " ms, was " + answer.elapsedMillis());
        }
    }

    private static void shares(Map<?, ?> expected, Tally tally, List<String> failures) {
        expected.forEach((value, share) -> {
            String text = String.valueOf(value);
            if (!Binomial.hasShare(tally.count(text), tally.total(), ((Number) share).doubleValue())) {
                failures.add("share of " + text + ": expected " + share + ", was " + tally);
            }
        });
    }

    private static void check(String name, Object expected, Object actual, List<String> failures) {
        if (!String.valueOf(expected).equals(String.valueOf(actual))) {
            failures.add(name + ": expected <" + expected + ">, was <" + actual + ">");
        }
    }
}

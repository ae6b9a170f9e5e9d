package io.inmesh.conformance.compare;

import io.inmesh.conformance.side.Answer;
import java.util.List;

/** Compares how long answers took on average, where chance makes them wait. */
final class Durations {

    /** Five standard errors: chance alone exceeds them about once in two million comparisons. */
    private static final double ERRORS = 5;

    /** Between an answer's end and the moment that it was measured, on a machine with other work. */
    private static final double NOISE_MILLIS = 15;

    private Durations() {}

    static List<String> differences(List<Answer> envoy, List<Answer> ours) {
        double bound = ERRORS * Math.sqrt(variance(envoy) / envoy.size() + variance(ours) / ours.size()) + NOISE_MILLIS;
        return Math.abs(mean(envoy) - mean(ours)) <= bound
                ? List.of()
                : List.of(
                        "mean of elapsed: Envoy <" + mean(envoy) + " ms>, we <" + mean(ours) + " ms>, bound " + bound);
    }

    private static double mean(List<Answer> answers) {
        return answers.stream().mapToLong(Answer::elapsedMillis).average().orElse(0);
    }

    private static double variance(List<Answer> answers) {
        double mean = mean(answers);
        return answers.stream()
                .mapToDouble(answer -> Math.pow(answer.elapsedMillis() - mean, 2))
                .average()
                .orElse(0);
    }
}

package io.inmesh.benchmarks.endtoend;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** What came of rounds in which every arm had its turn. */
final class Rounds {

    private static final int RESAMPLES = 2_000;

    private Rounds() {}

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double median(int rounds, IntToDoubleFunction ofRound) {
        double[] values = new double[rounds];
        Arrays.setAll(values, ofRound);
        return median(values);
    }

    /**
     * The ends of the 95 % interval of a figure that is computed from rounds, found by drawing rounds again and again.
     *
     * @param figure of these rounds
     */
    static double[] interval(int rounds, Figure figure) {
        SplittableRandom random = new SplittableRandom(1);
        double[] figures = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<Integer> drawn = random.ints(rounds, 0, rounds).boxed().toList();
            figures[i] = figure.of(drawn);
        }
        Arrays.sort(figures);
        return new double[] {figures[(int) (RESAMPLES * 0.025)], figures[(int) (RESAMPLES * 0.975)]};
    }

    /** Something that can be computed from any choice of rounds. */
    interface Figure {
        double of(List<Integer> rounds);
    }
}

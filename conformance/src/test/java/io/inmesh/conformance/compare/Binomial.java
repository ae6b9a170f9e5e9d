package io.inmesh.conformance.compare;

/** Bounds for shares that chance decides. */
final class Binomial {

    /** Five standard deviations: chance alone exceeds them about once in two million comparisons. */
    private static final double DEVIATIONS = 5;

    private Binomial() {}

    /** Whether two counts may come from the same share: the two-sample test with the pooled share's standard deviation. */
    static boolean sameShare(int one, int oneTotal, int other, int otherTotal) {
        double pooled = (one + other) / (double) (oneTotal + otherTotal);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / oneTotal + 1.0 / otherTotal));
        return Math.abs(one / (double) oneTotal - other / (double) otherTotal) <= DEVIATIONS * deviation;
    }

    /** Whether a count may come from a known share. */
    static boolean hasShare(int count, int total, double share) {
        double deviation = Math.sqrt(share * (1 - share) / total);
        return Math.abs(count / (double) total - share) <= DEVIATIONS * deviation;
    }
}

package io.inmesh.xds.model;

/**
 * A share of requests, drawn as {@code random % denominator < numerator}. Percentages above one hundred are allowed and mean always.
 *
 * @param numerator at least 0
 * @param denominator 100, 10000 or 1000000
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/percent.proto">Envoy, FractionalPercent</a>
 */
public record FractionalPercent(long numerator, int denominator) {

    /** Every request. */
    public static final FractionalPercent ALWAYS = new FractionalPercent(100, 100);

    public FractionalPercent {
        if (numerator < 0) {
            throw new IllegalArgumentException("A fraction's numerator is not negative: " + numerator);
        }
        if (denominator != 100 && denominator != 10_000 && denominator != 1_000_000) {
            throw new IllegalArgumentException("A fraction's denominator is 100, 10000 or 1000000: " + denominator);
        }
    }
}

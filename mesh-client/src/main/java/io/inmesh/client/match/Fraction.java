package io.inmesh.client.match;

import java.util.random.RandomGenerator;

/**
 * A share of all requests. Immutable.
 *
 * @param numerator how many
 * @param denominator of how many: 100, 10 000 or 1 000 000
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/v3/percent.proto">Envoy, FractionalPercent</a>
 */
public record Fraction(long numerator, long denominator) {

    public static final Fraction NONE = new Fraction(0, 100);
    public static final Fraction ALL = new Fraction(100, 100);

    public Fraction {
        if (numerator < 0 || denominator <= 0) {
            throw new IllegalArgumentException("not a fraction: " + numerator + "/" + denominator);
        }
    }

    /** Whether a request with this random value belongs to the share. The value is read as unsigned. */
    public boolean covers(long random) {
        return Long.remainderUnsigned(random, denominator) < numerator;
    }

    /** Whether chance puts the next request into the share; draws nothing where there is nothing to decide. */
    public boolean covers(RandomGenerator chance) {
        if (numerator >= denominator) {
            return true;
        }
        return numerator > 0 && covers(chance.nextLong());
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}

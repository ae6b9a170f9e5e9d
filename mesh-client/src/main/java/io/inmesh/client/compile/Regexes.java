package io.inmesh.client.compile;

import io.inmesh.client.match.Regex;

/**
 * Compiles the regexes of one resource, and bounds what they take together: each may be as large as Envoy allows, but not each of a
 * hundred thousand. Not thread-safe.
 */
final class Regexes {

    /** Instructions; about 64 MB. Istio's limit for one pattern is a thirty-second part of it. */
    static final int MAX_TOTAL = 1 << 20;

    private int total;

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it is not RE2, or too large by itself or with those before it
     */
    Regex compile(String text) {
        Regex regex = Regex.compile(text);
        total += regex.programSize();
        if (total > MAX_TOTAL) {
            throw new IllegalArgumentException("the regexes together are larger than " + MAX_TOTAL + " instructions");
        }
        return regex;
    }
}

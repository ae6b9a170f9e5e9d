package io.inmesh.control.serve.ca;

import java.time.Duration;

/**
 * How long leaf certificates live, to the second.
 *
 * @param standard for a caller that asks for no particular life
 * @param longest what a caller gets at most, whatever it asks for
 */
public record LeafLifetimes(Duration standard, Duration longest) {

    /** Istio's: 24 hours, at most 90 days. */
    public static final LeafLifetimes ISTIO = new LeafLifetimes(Duration.ofHours(24), Duration.ofDays(90));

    private static final Duration MOST_SKEW = Duration.ofMinutes(2);

    public LeafLifetimes {
        if (standard.compareTo(Duration.ofSeconds(1)) < 0 || longest.compareTo(standard) < 0) {
            throw new IllegalArgumentException("a leaf lives at least a second and its standard life is not above the"
                    + " longest: " + standard + ", " + longest);
        }
    }

    /** The life that a request for so many seconds gets; none or a negative number is a request for the standard. */
    Duration granted(long requestedSeconds) {
        if (requestedSeconds <= 0) {
            return standard;
        }
        return requestedSeconds >= longest.toSeconds() ? longest : Duration.ofSeconds(requestedSeconds);
    }

    /**
     * How far a certificate's beginning lies before its issue, for peers whose clocks are late: two minutes as Istio's, but never
     * so much of a short life that it would look half spent when it arrives.
     */
    static Duration backdating(Duration life) {
        Duration tenth = life.dividedBy(10);
        return tenth.compareTo(MOST_SKEW) < 0 ? tenth : MOST_SKEW;
    }
}

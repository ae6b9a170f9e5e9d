package io.inmesh.agent.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is renewed: at a share of its life, a little earlier or later by chance so that workloads born together do not
 * come back together. Pure.
 *
 * @param share of the life, such as a half
 * @param jitter the most that chance adds or takes, as a share of the life
 */
public record RotationSchedule(double share, double jitter) {

    /** Half of life, a twentieth more or less. Istio's agent: half, a hundredth more or less. */
    public static final RotationSchedule STANDARD = new RotationSchedule(0.5, 0.05);

    /** The share of a life after which a first attempt would leave too little time for others. */
    static final double LATEST = 0.8;

    public RotationSchedule {
        if (!(share > 0) || !(jitter >= 0) || jitter >= share || share + jitter > LATEST) {
            throw new IllegalArgumentException("a renewal lies behind the beginning of a life and not behind " + LATEST
                    + " of it: " + share + " ± " + jitter);
        }
    }

    /**
     * When to renew.
     *
     * @param notBefore the beginning of the certificate's life
     * @param notAfter its end; not before the beginning
     * @param chance from 0, the earliest, to below 1, the latest
     */
    public Instant renewalOf(Instant notBefore, Instant notAfter, double chance) {
        Duration life = Duration.between(notBefore, notAfter);
        if (life.isNegative()) {
            throw new IllegalArgumentException("a life that ends before it begins: " + notBefore + ", " + notAfter);
        }
        double at = share - jitter + 2 * jitter * chance;
        // Seconds and nanoseconds apart: a life of centuries has more nanoseconds than a long.
        double seconds = life.getSeconds() * at;
        long whole = (long) seconds;
        long nanos = (long) ((seconds - whole) * 1_000_000_000 + life.getNano() * at);
        return notBefore.plusSeconds(whole).plusNanos(nanos);
    }
}

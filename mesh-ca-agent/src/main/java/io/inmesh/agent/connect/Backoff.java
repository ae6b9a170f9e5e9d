package io.inmesh.agent.connect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The wait between attempts to reach the control service: doubling from a quarter of a second to four, each a fifth more or less by
 * chance, so that the clients of a control service that returns do not come all at once, and all come within seconds. Not thread-safe.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md">gRPC connection back-off</a>
 */
public final class Backoff {

    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 4_000;
    private static final double JITTER = 0.2;

    private final RandomGenerator random;
    private long nextMillis = FIRST_MILLIS;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        double jittered = nextMillis * (1 - JITTER + 2 * JITTER * random.nextDouble());
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
        return Duration.ofNanos((long) (jittered * 1_000_000));
    }

    /** An attempt succeeded: the next failure waits the shortest time again. */
    public void reset() {
        nextMillis = FIRST_MILLIS;
    }
}

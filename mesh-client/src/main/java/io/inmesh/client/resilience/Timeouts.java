package io.inmesh.client.resilience;

/**
 * The clocks of one call's route. Both start when the request has been sent completely. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts">Envoy, timeouts</a>
 */
public final class Timeouts {

    public static final Timeouts NONE = new Timeouts(0, 0);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long globalNanos;
    private final long perTryNanos;
    private final String expectedAtFirst;

    /**
     * The clocks of a route.
     *
     * @param globalNanos until the response is complete, all attempts and waits between them together; 0 is off
     * @param perTryNanos until an attempt's response head; 0 is off
     */
    public Timeouts(long globalNanos, long perTryNanos) {
        this.globalNanos = globalNanos;
        // Envoy drops a per-try timeout that the global one would always beat.
        this.perTryNanos = globalNanos > 0 && perTryNanos >= globalNanos ? 0 : perTryNanos;
        expectedAtFirst = text(expectedMillis(0));
    }

    public long globalNanos() {
        return globalNanos;
    }

    public long perTryNanos() {
        return perTryNanos;
    }

    /**
     * What {@code x-envoy-expected-rq-timeout-ms} tells the upstream: how long its answer may take.
     *
     * @param elapsedNanos since the request was first sent completely; 0 for the first attempt
     * @return empty if there is no bound to tell
     */
    public String expected(long elapsedNanos) {
        return elapsedNanos == 0 ? expectedAtFirst : text(expectedMillis(elapsedNanos));
    }

    private long expectedMillis(long elapsedNanos) {
        long global = globalNanos / NANOS_PER_MILLI;
        long expected = perTryNanos > 0 ? perTryNanos / NANOS_PER_MILLI : global;
        long elapsed = elapsedNanos / NANOS_PER_MILLI;
        if (expected == 0 || global == 0) {
            return expected;
        }
        return elapsed >= global ? 1 : Math.min(expected, global - elapsed);
    }

    private static String text(long millis) {
        return millis == 0 ? "" : Long.toString(millis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Timeouts that && globalNanos == that.globalNanos && perTryNanos == that.perTryNanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(globalNanos) * 31 + Long.hashCode(perTryNanos);
    }

    @Override
    public String toString() {
        return "timeout " + globalNanos / NANOS_PER_MILLI + " ms, per try " + perTryNanos / NANOS_PER_MILLI + " ms";
    }
}

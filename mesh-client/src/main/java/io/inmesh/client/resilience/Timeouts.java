package io.inmesh.client.resilience;

/**
 * The clocks of one call's route. Both start when the request has been sent completely.
 *
 * @param globalNanos until the response is complete, all attempts and waits between them together; 0 is off
 * @param perTryNanos until an attempt's response head; 0 is off
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts">Envoy, timeouts</a>
 */
public record Timeouts(long globalNanos, long perTryNanos) {

    public static final Timeouts NONE = new Timeouts(0, 0);

    private static final long NANOS_PER_MILLI = 1_000_000;

    public Timeouts {
        // Envoy drops a per-try timeout that the global one would always beat.
        perTryNanos = globalNanos > 0 && perTryNanos >= globalNanos ? 0 : perTryNanos;
    }

    /**
     * What {@code x-envoy-expected-rq-timeout-ms} tells the upstream: how long its answer may take.
     *
     * @param elapsedNanos since the request was first sent completely
     * @return 0 if there is no bound to tell
     */
    public long expectedMillis(long elapsedNanos) {
        long global = globalNanos / NANOS_PER_MILLI;
        long expected = perTryNanos > 0 ? perTryNanos / NANOS_PER_MILLI : global;
        long elapsed = elapsedNanos / NANOS_PER_MILLI;
        if (expected == 0 || global == 0) {
            return expected;
        }
        return elapsed >= global ? 1 : Math.min(expected, global - elapsed);
    }
}

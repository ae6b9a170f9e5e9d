package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a route, or of one call of it that brings its own gRPC deadline. Nanoseconds; 0 is off. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts">Envoy, timeouts</a>
 */
public final class Timeouts {

    public static final Timeouts NONE = new Timeouts(0, 0);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long globalNanos;
    private final long perTryNanos;
    private final long streamNanos;
    private final long idleNanos;
    private final GrpcDeadline grpc;
    private final @Nullable String grpcTimeout;
    private final String expectedAtFirst;

    /** What a caller's {@code grpc-timeout} changes, and the most that it may ask for. */
    public record GrpcDeadline(Of of, long maxNanos) {

        public static final GrpcDeadline IGNORED = new GrpcDeadline(Of.NOTHING, 0);

        /** The clock that it sets. */
        public enum Of {
            NOTHING,
            /** {@code max_grpc_timeout}: the route's timeout, of gRPC calls alone; without a header it is endless, up to the most. */
            ROUTE,
            /** {@code grpc_timeout_header_max}: the stream's duration, of any call that has the header. */
            STREAM
        }
    }

    /**
     * The clocks of a route without more.
     *
     * @param globalNanos until the response is complete, all attempts and waits between them together, from when the request is
     * @param perTryNanos until an attempt's response head, from when the request is out
     */
    public Timeouts(long globalNanos, long perTryNanos) {
        this(globalNanos, perTryNanos, 0, 0, GrpcDeadline.IGNORED, null);
    }

    /**
     * All clocks of a route.
     *
     * @param streamNanos the whole life of a call, from its begin
     * @param idleNanos without a byte in either direction
     */
    public Timeouts(long globalNanos, long perTryNanos, long streamNanos, long idleNanos, GrpcDeadline grpc) {
        this(globalNanos, perTryNanos, streamNanos, idleNanos, grpc, null);
    }

    private Timeouts(
            long globalNanos,
            long perTryNanos,
            long streamNanos,
            long idleNanos,
            GrpcDeadline grpc,
            @Nullable String grpcTimeout) {
        this.globalNanos = globalNanos;
        // Envoy drops a per-try timeout that the global one would always beat.
        this.perTryNanos = globalNanos > 0 && perTryNanos >= globalNanos ? 0 : perTryNanos;
        this.streamNanos = streamNanos;
        this.idleNanos = idleNanos;
        this.grpc = grpc;
        this.grpcTimeout = grpcTimeout;
        expectedAtFirst = text(expectedMillis(0));
    }

    /** These with another timeout and another one for each attempt. */
    public Timeouts with(long otherGlobalNanos, long otherPerTryNanos) {
        return new Timeouts(otherGlobalNanos, otherPerTryNanos, streamNanos, idleNanos, grpc, grpcTimeout);
    }

    /** The clocks of one call: these, unless its gRPC deadline changes them. */
    public Timeouts of(MeshRequest request, boolean grpcCall) {
        if (grpc.of == GrpcDeadline.Of.NOTHING || (grpc.of == GrpcDeadline.Of.ROUTE && !grpcCall)) {
            return this;
        }
        long asked = GrpcTimeout.millis(request.header("grpc-timeout"));
        long max = grpc.maxNanos / NANOS_PER_MILLI;
        if (grpc.of == GrpcDeadline.Of.STREAM) {
            return asked < 0 ? this : ofStream(max == 0 ? asked : Math.min(asked, max));
        }
        long millis = asked <= 0 ? max : max == 0 ? asked : Math.min(asked, max);
        return new Timeouts(millis * NANOS_PER_MILLI, perTryNanos, streamNanos, idleNanos, grpc, null);
    }

    private Timeouts ofStream(long millis) {
        // A deadline that is over already expires at once; off is not what was asked for.
        long nanos = Math.max(1, millis * NANOS_PER_MILLI);
        return new Timeouts(globalNanos, perTryNanos, nanos, idleNanos, grpc, GrpcTimeout.text(millis));
    }

    public long globalNanos() {
        return globalNanos;
    }

    public long perTryNanos() {
        return perTryNanos;
    }

    public long streamNanos() {
        return streamNanos;
    }

    public long idleNanos() {
        return idleNanos;
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

    /** What {@code grpc-timeout} tells the upstream; null if the caller's own stays, or none. */
    public @Nullable String grpcTimeout(long elapsedNanos, boolean grpcCall) {
        if (grpc.of == GrpcDeadline.Of.ROUTE && grpcCall) {
            long expected = expectedMillis(elapsedNanos);
            return expected == 0 ? null : GrpcTimeout.text(expected);
        }
        return grpcTimeout;
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
        return other instanceof Timeouts that
                && globalNanos == that.globalNanos
                && perTryNanos == that.perTryNanos
                && streamNanos == that.streamNanos
                && idleNanos == that.idleNanos
                && grpc.equals(that.grpc)
                && Objects.equals(grpcTimeout, that.grpcTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(globalNanos, perTryNanos, streamNanos, idleNanos, grpc, grpcTimeout);
    }

    @Override
    public String toString() {
        return "timeout " + globalNanos / NANOS_PER_MILLI + " ms, per try " + perTryNanos / NANOS_PER_MILLI
                + " ms, stream " + streamNanos / NANOS_PER_MILLI + " ms, idle " + idleNanos / NANOS_PER_MILLI + " ms";
    }
}

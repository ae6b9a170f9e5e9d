package io.inmesh.client.compile;

import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.resilience.Timeouts.GrpcDeadline;
import io.inmesh.xds.model.route.RouteTimeouts;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clocks of a route. Where a stream's duration is set, Envoy looks at none of the older fields. */
final class TimeoutsCompiler {

    private TimeoutsCompiler() {}

    static Timeouts of(RouteTimeouts route, long perTryNanos) {
        long idle = nanos(route.idleTimeout());
        RouteTimeouts.StreamDuration stream = route.stream();
        if (stream == null) {
            long global = nanos(Objects.requireNonNullElse(route.timeout(), RouteTimeouts.DEFAULT_TIMEOUT));
            return new Timeouts(global, perTryNanos, 0, idle, deadline(route.maxGrpcTimeout(), GrpcDeadline.Of.ROUTE));
        }
        return new Timeouts(
                0,
                perTryNanos,
                nanos(stream.max()),
                idle,
                deadline(stream.grpcTimeoutHeaderMax(), GrpcDeadline.Of.STREAM));
    }

    private static GrpcDeadline deadline(@Nullable Duration max, GrpcDeadline.Of of) {
        return max == null ? GrpcDeadline.IGNORED : new GrpcDeadline(of, nanos(max));
    }

    // As Envoy in whole milliseconds, so that less than one is none. About 292 years is as good as no timeout, and
    // fits.
    static long nanos(@Nullable Duration duration) {
        return duration == null || duration.toSeconds() >= Long.MAX_VALUE / 1_000_000_000
                ? 0
                : TimeUnit.MILLISECONDS.toNanos(duration.toMillis());
    }
}

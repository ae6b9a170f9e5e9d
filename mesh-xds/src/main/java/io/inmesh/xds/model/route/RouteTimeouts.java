package io.inmesh.xds.model.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a route. Zero switches a clock off, null says that nothing is set.
 *
 * @param timeout from the end of the request to the end of the response, all attempts together; null is Envoy's 15 seconds
 * @param idleTimeout without a byte in either direction; null leaves it to the connection manager
 * @param maxGrpcTimeout upper bound of a gRPC call's {@code grpc-timeout} header, which then takes the place of the timeout
 * @param stream if set, Envoy looks at neither {@code timeout} nor {@code maxGrpcTimeout}
 */
public record RouteTimeouts(
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Nullable Duration maxGrpcTimeout,
        @Nullable StreamDuration stream) {

    /**
     * The whole life of the stream.
     *
     * @param max null leaves it to the connection manager
     * @param grpcTimeoutHeaderMax upper bound of a {@code grpc-timeout} header, which then takes the place of {@code max}
     */
    public record StreamDuration(
            @Nullable Duration max, @Nullable Duration grpcTimeoutHeaderMax) {}

    /** Nothing set. */
    public static final RouteTimeouts UNSET = new RouteTimeouts(null, null, null, null);

    /** What an absent {@link #timeout()} means to Envoy. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
}

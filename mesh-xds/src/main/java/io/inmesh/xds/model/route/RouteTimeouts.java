package io.inmesh.xds.model.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a route. Zero switches a clock off, null says that nothing is set.
 *
 * @param timeout from the end of the request to the end of the response, all attempts together; null is Envoy's 15 seconds
 * @param idleTimeout without a byte in either direction; null leaves it to the connection manager
 * @param maxStreamDuration the whole life of the stream; null leaves it to the connection manager
 * @param grpcTimeoutHeaderMax upper bound of a {@code grpc-timeout} header, which then takes the place of the timeout
 */
public record RouteTimeouts(
        @Nullable Duration timeout,
        @Nullable Duration idleTimeout,
        @Nullable Duration maxStreamDuration,
        @Nullable Duration grpcTimeoutHeaderMax) {

    /** Nothing set. */
    public static final RouteTimeouts UNSET = new RouteTimeouts(null, null, null, null);

    /** What an absent {@link #timeout()} means to Envoy. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
}

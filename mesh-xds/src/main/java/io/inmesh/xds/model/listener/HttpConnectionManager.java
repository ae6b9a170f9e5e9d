package io.inmesh.xds.model.listener;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * HTTP on a connection.
 *
 * @param name the filter's name in the chain
 * @param routes the route configuration, or its name
 * @param httpFilters in the order in which requests pass them; the router is the last
 * @param streamIdleTimeout without a byte in either direction; 5 minutes by default, zero is never
 * @param requestTimeout until the request is complete; zero, the default, is none
 * @param maxStreamDuration the whole life of a stream; null if unlimited
 * @param serverName value of the response's {@code server}; {@code envoy} by default
 * @param upgradeTypes allowed values of {@code Upgrade}, lower case
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto">Envoy,
 *     HttpConnectionManager</a>
 */
public record HttpConnectionManager(
        String name,
        RouteSpecifier routes,
        List<HttpFilter> httpFilters,
        ForwardedClient forwardedClient,
        PathNormalization pathNormalization,
        Duration streamIdleTimeout,
        Duration requestTimeout,
        @Nullable Duration maxStreamDuration,
        String serverName,
        Set<String> upgradeTypes)
        implements NetworkFilter {

    public HttpConnectionManager {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(routes, "routes");
        httpFilters = List.copyOf(httpFilters);
        Objects.requireNonNull(forwardedClient, "forwardedClient");
        Objects.requireNonNull(pathNormalization, "pathNormalization");
        Objects.requireNonNull(streamIdleTimeout, "streamIdleTimeout");
        Objects.requireNonNull(requestTimeout, "requestTimeout");
        Objects.requireNonNull(serverName, "serverName");
        upgradeTypes = Set.copyOf(upgradeTypes);
    }
}

package io.inmesh.xds.model.route;

import io.inmesh.xds.model.HeaderMutations;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The virtual hosts of one port.
 *
 * @param name what a listener's RDS asks for
 * @param headers header changes of every route below
 * @param ignorePortInHostMatching the authority's port is cut off before virtual hosts are looked up
 * @param mostSpecificHeaderMutationsWins the route's header changes come last instead of first
 * @param maxDirectResponseBodySizeBytes longer bodies of direct responses make the configuration invalid; 4096 by default
 * @param perFilterConfig settings for HTTP filters by their name; more specific levels win
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route.proto">Envoy, RouteConfiguration</a>
 */
public record RouteConfiguration(
        String name,
        List<VirtualHost> virtualHosts,
        HeaderMutations headers,
        boolean ignorePortInHostMatching,
        boolean mostSpecificHeaderMutationsWins,
        long maxDirectResponseBodySizeBytes,
        Map<String, PerFilterConfig> perFilterConfig) {

    public RouteConfiguration {
        Objects.requireNonNull(name, "name");
        virtualHosts = List.copyOf(virtualHosts);
        Objects.requireNonNull(headers, "headers");
        perFilterConfig = Map.copyOf(perFilterConfig);
    }
}

package io.inmesh.xds.model.route;

import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens to requests that match.
 *
 * @param name for people; may be empty
 * @param perFilterConfig settings for HTTP filters by their name, such as the fault to inject
 * @param metadata {@link Metadata#istioConfig()} names the VirtualService
 * @param decorator the span's operation; null if none is set
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-route">Envoy, Route</a>
 */
public record Route(
        String name,
        RouteMatch match,
        RouteAction action,
        HeaderMutations headers,
        Map<String, PerFilterConfig> perFilterConfig,
        Metadata metadata,
        @Nullable String decorator) {

    public Route {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(headers, "headers");
        perFilterConfig = Map.copyOf(perFilterConfig);
        Objects.requireNonNull(metadata, "metadata");
    }
}

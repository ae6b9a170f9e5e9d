package io.inmesh.xds.model.route;

import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a route applies: every part must hold.
 *
 * @param runtimeFraction the share of otherwise matching requests; null for all
 * @param grpc only requests whose content type is gRPC's
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routematch">Envoy,
 *     RouteMatch</a>
 */
public record RouteMatch(
        PathMatch path,
        List<HeaderMatch> headers,
        List<QueryParameterMatch> queryParameters,
        @Nullable FractionalPercent runtimeFraction,
        boolean grpc) {

    public RouteMatch {
        Objects.requireNonNull(path, "path");
        headers = List.copyOf(headers);
        queryParameters = List.copyOf(queryParameters);
    }
}

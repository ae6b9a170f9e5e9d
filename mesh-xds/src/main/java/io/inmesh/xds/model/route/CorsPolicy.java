package io.inmesh.xds.model.route;

import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.StringMatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What pages of other origins may do, as one level says it: what is empty or null here is looked up in the next level.
 *
 * @param allowOrigins any of them
 * @param allowMethods as it stands in {@code access-control-allow-methods}; {@code *} echoes what was asked for
 * @param allowHeaders as it stands in {@code access-control-allow-headers}; {@code *} echoes what was asked for
 * @param exposeHeaders as it stands in {@code access-control-expose-headers}
 * @param maxAge seconds
 * @param enabled share of the requests that the policy acts on
 * @param forwardNotMatchingPreflights preflights of other origins go upstream instead of being answered; true if no level says so
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/cors/v3/cors.proto">Envoy, CorsPolicy</a>
 */
public record CorsPolicy(
        List<StringMatch> allowOrigins,
        String allowMethods,
        String allowHeaders,
        String exposeHeaders,
        String maxAge,
        @Nullable Boolean allowCredentials,
        @Nullable Boolean allowPrivateNetworkAccess,
        @Nullable Boolean forwardNotMatchingPreflights,
        FractionalPercent enabled) {

    public CorsPolicy {
        allowOrigins = List.copyOf(allowOrigins);
        Objects.requireNonNull(allowMethods, "allowMethods");
        Objects.requireNonNull(allowHeaders, "allowHeaders");
        Objects.requireNonNull(exposeHeaders, "exposeHeaders");
        Objects.requireNonNull(maxAge, "maxAge");
        Objects.requireNonNull(enabled, "enabled");
    }
}

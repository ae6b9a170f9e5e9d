package io.inmesh.xds.model.route;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends the request to a cluster.
 *
 * @param retryPolicy null if the route has none of its own; the virtual host's then holds
 * @param hostRewrite null if the authority stays
 * @param pathRewrite null if the path stays
 * @param requestMirrorPolicies copies whose responses are thrown away
 * @param hashPolicies what ring hash and maglev hash, in order
 * @param clusterNotFoundResponseCode status if the cluster does not exist; 503 by default
 * @param priority which circuit breaker thresholds count
 * @param appendXForwardedHost a rewritten authority is kept in {@code x-forwarded-host}
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction">Envoy,
 *     RouteAction</a>
 */
public record Forward(
        ClusterSpecifier cluster,
        RouteTimeouts timeouts,
        @Nullable RetryPolicy retryPolicy,
        @Nullable HostRewrite hostRewrite,
        @Nullable PathRewrite pathRewrite,
        List<RequestMirrorPolicy> requestMirrorPolicies,
        List<HashPolicy> hashPolicies,
        int clusterNotFoundResponseCode,
        RoutingPriority priority,
        boolean appendXForwardedHost)
        implements RouteAction {

    public Forward {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(timeouts, "timeouts");
        requestMirrorPolicies = List.copyOf(requestMirrorPolicies);
        hashPolicies = List.copyOf(hashPolicies);
        Objects.requireNonNull(priority, "priority");
    }

    /** Envoy's RoutingPriority. */
    public enum RoutingPriority {
        DEFAULT,
        HIGH
    }
}

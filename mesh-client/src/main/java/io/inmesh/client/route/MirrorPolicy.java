package io.inmesh.client.route;

import io.inmesh.client.match.Fraction;

/**
 * Copies of requests go to another cluster, and nobody waits for what comes back. Immutable.
 *
 * @param share of the requests that are copied
 * @param keepsHost the copy's authority is the request's; else its host ends in {@code -shadow}
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-routeaction-requestmirrorpolicy">Envoy,
 *     RequestMirrorPolicy</a>
 */
public record MirrorPolicy(String cluster, Fraction share, boolean keepsHost) {

    /** The authority of a copy. */
    public String authority(String ofRequest) {
        if (keepsHost) {
            return ofRequest;
        }
        int colon = ofRequest.lastIndexOf(':');
        boolean port = colon > 0 && ofRequest.indexOf(']', colon) < 0;
        return port ? ofRequest.substring(0, colon) + "-shadow" + ofRequest.substring(colon) : ofRequest + "-shadow";
    }
}

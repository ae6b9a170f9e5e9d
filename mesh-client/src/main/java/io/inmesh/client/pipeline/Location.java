package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.route.RouteTarget;
import java.util.Objects;

/** Where a redirect leads. */
final class Location {

    private Location() {}

    static String ofRequest(MeshRequest request) {
        return request.forwardedScheme() + "://" + request.authority() + request.path();
    }

    static String of(MeshRequest request, RouteTarget.Redirect redirect) {
        String scheme = Objects.requireNonNullElse(redirect.scheme(), request.forwardedScheme());
        String host = redirect.host() == null ? hostWithoutDefaultPort(request, scheme) : redirect.host();
        if (redirect.port() >= 0) {
            host = withoutPort(host) + ":" + redirect.port();
        }
        String path = redirect.path() == null ? request.path() : redirect.path().rewrite(request.path());
        // A rewritten path may have lost its slash: as Envoy, it gets one back.
        String separator = path.startsWith("/") ? "" : "/";
        return scheme + "://" + host + separator
                + (redirect.stripQuery() ? path.substring(0, PathMatcher.end(path)) : path);
    }

    // Envoy drops a port that was the old scheme's default when the scheme changes.
    private static String hostWithoutDefaultPort(MeshRequest request, String scheme) {
        String authority = request.authority();
        boolean schemeChanges = !scheme.equals(request.forwardedScheme());
        String oldDefault = request.forwardedScheme().equals("https") ? ":443" : ":80";
        return schemeChanges && authority.endsWith(oldDefault) ? withoutPort(authority) : authority;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.indexOf(']', colon) > 0 ? host : host.substring(0, colon);
    }
}

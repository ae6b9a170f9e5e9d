package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a route applies: every part must hold. Immutable.
 *
 * @param fraction share of otherwise matching requests; null for all
 * @param grpc only requests whose content type is gRPC's
 * @param never names what Inmesh cannot match, for which reason the route matches nothing; null otherwise
 */
public record RouteMatcher(
        PathMatcher path,
        List<HeaderMatcher> headers,
        List<QueryMatcher> queryParameters,
        @Nullable Fraction fraction,
        boolean grpc,
        @Nullable String never) {

    public RouteMatcher {
        headers = List.copyOf(headers);
        queryParameters = List.copyOf(queryParameters);
    }

    /** Whether all parts hold but the path, which the caller has looked at. */
    boolean matchesBesidesPath(MeshRequest request, long random) {
        return headersMatch(request)
                && queryMatches(request.path())
                && (!grpc || isGrpc(request))
                && (fraction == null || fraction.covers(random));
    }

    /** Why the route does not match, for people; empty if it does. */
    public Optional<String> miss(MeshRequest request, long random) {
        if (never != null) {
            return Optional.of("not supported: " + never);
        }
        if (!path.matches(request.path(), PathMatcher.end(request.path()))) {
            return Optional.of("path is not " + path);
        }
        for (HeaderMatcher header : headers) {
            if (!header.matches(request)) {
                return Optional.of(header.miss(request));
            }
        }
        for (QueryMatcher parameter : queryParameters) {
            if (!parameter.matches(request.path())) {
                return Optional.of("query parameter is not as asked: " + parameter);
            }
        }
        if (grpc && !isGrpc(request)) {
            return Optional.of("content type is not gRPC's");
        }
        return fraction == null || fraction.covers(random)
                ? Optional.empty()
                : Optional.of("not in the fraction " + fraction);
    }

    private boolean headersMatch(MeshRequest request) {
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).matches(request)) {
                return false;
            }
        }
        return true;
    }

    private boolean queryMatches(String path) {
        for (int i = 0; i < queryParameters.size(); i++) {
            if (!queryParameters.get(i).matches(path)) {
                return false;
            }
        }
        return true;
    }

    /** Whether Envoy takes the request for gRPC's. */
    public static boolean isGrpc(MeshRequest request) {
        String type = request.header("content-type");
        return type != null
                && type.startsWith("application/grpc")
                && (type.length() == 16 || type.charAt(16) == '+' || type.charAt(16) == ';');
    }
}

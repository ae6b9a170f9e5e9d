package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.StringMatcher;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What pages of other origins may do with a route. It acts on calls that carry an {@code Origin} only, as those do that a gateway passes
 * on for a browser. Immutable.
 *
 * @param origins any of them
 * @param methods as it stands in {@code access-control-allow-methods}; {@code *} echoes what was asked for; empty says nothing
 * @param headers likewise of {@code access-control-allow-headers}
 * @param exposed likewise of {@code access-control-expose-headers}
 * @param maxAge likewise of {@code access-control-max-age}
 * @param forwardUnmatched preflights of other origins go upstream
 * @param enabled share of the calls that it acts on
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter">Envoy, CORS</a>
 */
public record CorsPolicy(
        List<StringMatcher> origins,
        String methods,
        String headers,
        String exposed,
        String maxAge,
        boolean credentials,
        boolean privateNetwork,
        boolean forwardUnmatched,
        Fraction enabled) {

    public CorsPolicy {
        origins = List.copyOf(origins);
    }

    /** The request's origin if the policy acts on it; null otherwise. */
    public @Nullable String origin(MeshRequest request, long random) {
        String origin = request.header("origin");
        return origin == null || origin.isEmpty() || !enabled.covers(random) ? null : origin;
    }

    public boolean allows(String origin) {
        for (StringMatcher allowed : origins) {
            if (allowed.matches("*") || allowed.matches(origin)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request of another origin only asks what it may do. */
    public static boolean isPreflight(MeshRequest request) {
        String method = request.header("access-control-request-method");
        return request.method().equals("OPTIONS") && method != null && !method.isEmpty();
    }

    /** What a preflight is answered with. */
    public void answer(MeshRequest request, String origin, BiConsumer<String, String> answer) {
        if (allows(origin)) {
            answer.accept("access-control-allow-origin", origin);
        }
        if (credentials) {
            answer.accept("access-control-allow-credentials", "true");
        }
        allowed("access-control-allow-methods", methods, request.header("access-control-request-method"), answer);
        allowed("access-control-allow-headers", headers, request.header("access-control-request-headers"), answer);
        if (!maxAge.isEmpty()) {
            answer.accept("access-control-max-age", maxAge);
        }
        if (privateNetwork && "true".equals(request.header("access-control-request-private-network"))) {
            answer.accept("access-control-allow-private-network", "true");
        }
    }

    private static void allowed(String name, String all, @Nullable String asked, BiConsumer<String, String> answer) {
        if (!all.isEmpty()) {
            answer.accept(name, all.equals("*") ? asked == null ? "" : asked : all);
        }
    }

    /** What the answer to any other request of an allowed origin says. */
    public void mark(HeaderEditor response, String origin) {
        response.set("access-control-allow-origin", origin);
        if (credentials) {
            response.set("access-control-allow-credentials", "true");
        }
        if (!exposed.isEmpty()) {
            response.set("access-control-expose-headers", exposed);
        }
    }
}

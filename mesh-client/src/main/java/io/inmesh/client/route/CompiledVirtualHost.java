package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.PathMatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes of some authorities; the first that matches is taken. Immutable.
 *
 * @param name as configured
 */
public record CompiledVirtualHost(String name, List<CompiledRoute> routes) {

    public CompiledVirtualHost {
        routes = List.copyOf(routes);
    }

    /**
     * The first route that matches; null if none does.
     *
     * @param random decides on fractions, and later on weights: one value for a whole request, as in Envoy
     */
    public @Nullable CompiledRoute match(MeshRequest request, long random) {
        int pathEnd = PathMatcher.end(request.path());
        for (int i = 0; i < routes.size(); i++) {
            CompiledRoute route = routes.get(i);
            if (route.matcher().matches(request, pathEnd, random)) {
                return route;
            }
        }
        return null;
    }
}

package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.PathIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of some authorities; the first that matches is taken. Immutable. */
public final class CompiledVirtualHost {

    private final String name;
    private final List<CompiledRoute> routes;
    private final PathIndex index;
    private final PathIndex.Rest rest = this::matchesBesidesPath;

    /**
     * Indexes the routes by their paths.
     *
     * @param name as configured
     */
    public CompiledVirtualHost(String name, List<CompiledRoute> routes) {
        this.name = name;
        this.routes = List.copyOf(routes);
        PathIndex.Builder paths = PathIndex.builder();
        for (int i = 0; i < this.routes.size(); i++) {
            RouteMatcher matcher = this.routes.get(i).matcher();
            if (matcher.never() == null) {
                paths.add(i, matcher.path());
            }
        }
        index = paths.build();
    }

    public String name() {
        return name;
    }

    /** In their order. */
    public List<CompiledRoute> routes() {
        return routes;
    }

    /**
     * The first route that matches; null if none does.
     *
     * @param random decides on fractions, and later on weights: one value for a whole request, as in Envoy
     */
    public @Nullable CompiledRoute match(MeshRequest request, long random) {
        int first = index.first(request, random, rest);
        return first == PathIndex.NONE ? null : routes.get(first);
    }

    private boolean matchesBesidesPath(int position, MeshRequest request, long random) {
        return routes.get(position).matcher().matchesBesidesPath(request, random);
    }
}

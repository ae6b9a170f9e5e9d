package io.inmesh.client.compile;

import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.OperatorFields;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.Redirect;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteAction;
import io.inmesh.xds.model.route.RouteMatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One route in, one compiled route out. */
final class RouteCompiler {

    private final RouteScope scope;

    RouteCompiler(RouteScope scope) {
        this.scope = scope;
    }

    CompiledRoute compile(Route route) {
        return new CompiledRoute(
                route.name(),
                scope.host().name(),
                Objects.requireNonNullElse(route.decorator(), ""),
                route.metadata().istioConfig().orElse(""),
                route.metadata().origin().orElse(""),
                matcher(route.match()),
                target(route),
                new FaultCompiler(scope)
                        .compile(List.of(
                                route.perFilterConfig(),
                                scope.host().perFilterConfig(),
                                scope.table().perFilterConfig())),
                OperatorFields.of(route.metadata()));
    }

    private RouteMatcher matcher(RouteMatch match) {
        Matchers matchers = scope.matchers();
        List<String> never = new ArrayList<>();
        Optional<PathMatcher> pathMatcher = matchers.path(match.path());
        if (pathMatcher.isEmpty()) {
            never.add("match");
        }
        List<HeaderMatcher> headers = new ArrayList<>();
        for (int i = 0; i < match.headers().size(); i++) {
            matchers.header(match.headers().get(i)).ifPresentOrElse(headers::add, addTo(never, "match.headers", i));
        }
        List<QueryMatcher> query = new ArrayList<>();
        for (int i = 0; i < match.queryParameters().size(); i++) {
            matchers.query(match.queryParameters().get(i))
                    .ifPresentOrElse(query::add, addTo(never, "match.query_parameters", i));
        }
        never.forEach(field -> scope.unsupported(field, "the route never matches"));
        Fraction fraction = match.runtimeFraction() == null ? null : Matchers.fraction(match.runtimeFraction());
        return new RouteMatcher(
                pathMatcher.orElse(new PathMatcher.Prefix("", true)),
                headers,
                query,
                fraction,
                match.grpc(),
                never.isEmpty() ? null : never.get(0));
    }

    private static Runnable addTo(List<String> list, String field, int index) {
        return () -> list.add(field + "[" + index + "]");
    }

    private RouteTarget target(Route route) {
        RouteAction action = route.action();
        List<HeaderMutations> levels =
                List.of(route.headers(), scope.host().headers(), scope.table().headers());
        if (action instanceof Forward forward) {
            return new ForwardCompiler(scope).compile(forward, route, levels);
        }
        if (action instanceof DirectResponse direct) {
            checkSize(direct);
            return new RouteTarget.DirectResponse(
                    direct.status(), direct.body(), scope.headers(levels).response());
        }
        if (action instanceof Redirect redirect) {
            return new RouteTarget.Redirect(
                    redirect.responseCode(),
                    redirect.scheme(),
                    redirect.host(),
                    redirect.port() == null ? -1 : redirect.port(),
                    redirect.path() == null
                            ? null
                            : new RewriteCompiler(scope.regexes())
                                    .path(redirect.path(), route.match().path()),
                    redirect.stripQuery(),
                    scope.headers(levels).response());
        }
        String field = action instanceof RouteAction.Unsupported other ? other.field() : "non_forwarding_action";
        scope.unsupported(field, "requests that match are answered with 404");
        return new RouteTarget.Unsupported(field);
    }

    // Envoy's rule; istiod raises the limit to 1 MB, which also is the most that its API takes.
    private void checkSize(DirectResponse direct) {
        long limit = scope.table().maxDirectResponseBodySizeBytes();
        int length = direct.body().getBytes(StandardCharsets.UTF_8).length;
        if (length > limit) {
            throw new IllegalArgumentException("response body size is " + length + " bytes; maximum is " + limit);
        }
    }
}

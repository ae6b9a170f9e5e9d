package io.inmesh.control.config;

import io.inmesh.control.yaml.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a VirtualService's {@code http} list. Exactly one of destinations, redirect, direct response and delegate is there.
 *
 * @param matches any of them; none means every request
 * @param retries empty if not written, which means Istio's default policy
 */
public record HttpRoute(
        String name,
        Origin origin,
        List<HttpMatch> matches,
        List<RouteDestination> destinations,
        Optional<Redirect> redirect,
        Optional<DirectResponse> directResponse,
        Optional<Rewrite> rewrite,
        Optional<Duration> timeout,
        Optional<Retries> retries,
        Optional<Fault> fault,
        List<Mirror> mirrors,
        Optional<CorsPolicy> cors,
        Optional<Delegate> delegate,
        HeaderOperations headers) {

    /**
     * Reads a route.
     *
     * @param namespace of the VirtualService
     */
    static HttpRoute read(Fields route, String namespace) {
        HttpRoute read = new HttpRoute(
                route.text("name").orElse(""),
                route.origin(),
                route.list("match", HttpMatch::read),
                route.list("route", RouteDestination::read),
                route.object("redirect", Redirect::read),
                route.object("directResponse", DirectResponse::read),
                route.object("rewrite", Rewrite::read),
                route.duration("timeout"),
                route.object("retries", Retries::read),
                route.object("fault", Fault::read),
                mirrors(route),
                route.object("corsPolicy", CorsPolicy::read),
                route.object("delegate", fields -> Delegate.read(fields, namespace)),
                HeaderOperations.of(route));
        read.check(route);
        return read;
    }

    private void check(Fields route) {
        int answers = (destinations.isEmpty() ? 0 : 1)
                + (redirect.isPresent() ? 1 : 0)
                + (directResponse.isPresent() ? 1 : 0)
                + (delegate.isPresent() ? 1 : 0);
        if (answers != 1) {
            throw route.invalid("route", "exactly one of route, redirect, directResponse and delegate is required");
        }
        long weights = destinations.stream().mapToLong(RouteDestination::weight).sum();
        if (destinations.size() > 1 && weights == 0) {
            throw route.invalid("route", "the weights add up to 0");
        }
        if (weights > 0xFFFF_FFFFL) {
            throw route.invalid("route", "the weights add up to more than 4294967295");
        }
    }

    private static List<Mirror> mirrors(Fields route) {
        List<Mirror> mirrors = new ArrayList<>(route.list("mirrors", Mirror::read));
        Optional<Double> percentage = route.object(
                "mirrorPercentage", value -> value.number("value", 0, 100).orElse(0.0));
        Optional<Double> older = route.number("mirror_percent", 0, 100);
        Optional<Double> percent = route.number("mirrorPercent", 0, 100).or(() -> older);
        route.object("mirror", Destination::read)
                .ifPresent(destination -> mirrors.add(
                        new Mirror(destination, percentage.or(() -> percent).orElse(100.0))));
        return List.copyOf(mirrors);
    }
}

package io.inmesh.control.state;

import io.inmesh.control.config.Delegate;
import io.inmesh.control.config.Destination;
import io.inmesh.control.config.HeaderOperations;
import io.inmesh.control.config.HttpMatch;
import io.inmesh.control.config.HttpRoute;
import io.inmesh.control.config.Mirror;
import io.inmesh.control.config.RouteDestination;
import io.inmesh.control.config.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts the routes of delegates in the places of the routes that delegate to them, as Istio does: a delegate's route keeps what it says and
 * takes the rest from the delegating one; a route of which no match narrows down a delegating match is left out.
 */
final class Delegates {

    private final Function<String, Optional<VirtualService>> byName;
    private final MeshSettings settings;

    /**
     * Knows where delegates are.
     *
     * @param byName by namespace and name
     */
    Delegates(Function<String, Optional<VirtualService>> byName, MeshSettings settings) {
        this.byName = byName;
        this.settings = settings;
    }

    VirtualService resolved(VirtualService root) {
        if (root.http().stream().noneMatch(route -> route.delegate().isPresent())) {
            return root;
        }
        List<HttpRoute> routes = new ArrayList<>();
        for (HttpRoute route : root.http()) {
            if (route.delegate().isEmpty()) {
                routes.add(route);
            } else {
                addDelegated(root, route, routes);
            }
        }
        return root.with(routes);
    }

    /** A delegate that is missing, or not for the delegating namespace, leaves out this route only. */
    private void addDelegated(VirtualService root, HttpRoute route, List<HttpRoute> routes) {
        Delegate named = route.delegate().orElseThrow();
        VirtualService delegate =
                byName.apply(named.namespace() + "/" + named.name()).orElse(null);
        if (delegate == null
                || !Visibility.allows(
                        delegate.exportTo(),
                        settings.exports().virtualServices(),
                        delegate.meta().namespace(),
                        root.meta().namespace())) {
            return;
        }
        for (HttpRoute own : delegate.http()) {
            Optional<List<HttpMatch>> matches = DelegatedMatches.merged(route.matches(), own.matches());
            matches.ifPresent(merged ->
                    routes.add(merged(route, own, merged, delegate.meta().namespace())));
        }
    }

    private HttpRoute merged(HttpRoute root, HttpRoute own, List<HttpMatch> matches, String namespace) {
        return new HttpRoute(
                DelegatedMatches.name(root.name(), own.name()),
                own.origin(),
                matches,
                own.destinations().stream()
                        .map(one -> new RouteDestination(
                                qualified(one.destination(), namespace), one.weight(), one.headers()))
                        .toList(),
                own.redirect(),
                own.directResponse(),
                own.rewrite().or(root::rewrite),
                own.timeout().or(root::timeout),
                own.retries().or(root::retries),
                own.fault().or(root::fault),
                own.mirrors().isEmpty()
                        ? root.mirrors()
                        : own.mirrors().stream()
                                .map(one -> new Mirror(qualified(one.destination(), namespace), one.percentage()))
                                .toList(),
                own.cors().or(root::cors),
                Optional.empty(),
                own.headers().equals(HeaderOperations.NONE) ? root.headers() : own.headers());
    }

    /** Short names are of the namespace of whoever writes them. */
    private Destination qualified(Destination destination, String namespace) {
        return new Destination(
                Hosts.qualify(destination.host(), namespace, settings.clusterDomain()),
                destination.subset(),
                destination.port());
    }
}

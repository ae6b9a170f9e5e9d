package io.inmesh.client.admin;

import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.AdminDumps.StaticRouteConfig;
import io.inmesh.xds.envoy.HttpManagers.HttpConnectionManager;
import io.inmesh.xds.envoy.Listeners.Filter;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Route configurations that stand in listeners instead of coming by themselves; Envoy calls them static. */
final class InlineRoutes {

    private InlineRoutes() {}

    static List<Message> of(ResourceUpdates updates, Predicate<String> wanted) {
        List<Message> routes = new ArrayList<>();
        for (ResourceUpdates.Update update :
                updates.of(ResourceType.LISTENER).byName().values()) {
            for (Message configuration : in(update)) {
                if (wanted.test(configuration.get(RouteConfiguration.NAME))) {
                    routes.add(Message.of(StaticRouteConfig.TYPE)
                            .with(StaticRouteConfig.ROUTE_CONFIG, Any.pack(configuration))
                            .with(StaticRouteConfig.LAST_UPDATED, update.at()));
                }
            }
        }
        return routes;
    }

    private static List<Message> in(ResourceUpdates.Update update) {
        try {
            Message listener = Message.parse(Listener.TYPE, update.wire());
            List<Message> found = new ArrayList<>();
            for (Message chain : chains(listener)) {
                for (Message filter : chain.get(FilterChain.FILTERS)) {
                    Message held = filter.get(Filter.TYPED_CONFIG);
                    if (Any.holds(held, HttpConnectionManager.TYPE)) {
                        Any.unpack(held, HttpConnectionManager.TYPE)
                                .find(HttpConnectionManager.ROUTE_CONFIG)
                                .ifPresent(found::add);
                    }
                }
            }
            return found;
        } catch (MalformedMessageException e) {
            // A filter that cannot be read denies; it has no routes to show.
            return List.of();
        }
    }

    private static List<Message> chains(Message listener) {
        return Stream.concat(
                        listener.get(Listener.FILTER_CHAINS).stream(),
                        listener.find(Listener.DEFAULT_FILTER_CHAIN).stream())
                .toList();
    }
}

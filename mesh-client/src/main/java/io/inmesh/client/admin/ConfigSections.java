package io.inmesh.client.admin;

import io.inmesh.client.admin.ResourceUpdates.Update;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.AdminDumps.Bootstrap;
import io.inmesh.xds.envoy.AdminDumps.BootstrapConfigDump;
import io.inmesh.xds.envoy.AdminDumps.ClustersConfigDump;
import io.inmesh.xds.envoy.AdminDumps.DynamicCluster;
import io.inmesh.xds.envoy.AdminDumps.DynamicEndpointConfig;
import io.inmesh.xds.envoy.AdminDumps.DynamicRouteConfig;
import io.inmesh.xds.envoy.AdminDumps.EndpointsConfigDump;
import io.inmesh.xds.envoy.AdminDumps.RoutesConfigDump;
import io.inmesh.xds.envoy.AdminDumps.UpdateFailureState;
import io.inmesh.xds.envoy.AdminListeners.DynamicListener;
import io.inmesh.xds.envoy.AdminListeners.DynamicListenerState;
import io.inmesh.xds.envoy.AdminListeners.ListenersConfigDump;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The parts of a configuration dump, in Envoy's order. */
final class ConfigSections {

    private final AdminView view;
    private final Predicate<String> wanted;

    ConfigSections(AdminView view, Predicate<String> wanted) {
        this.view = view;
        this.wanted = wanted;
    }

    List<Message> all(boolean endpoints) {
        List<Message> sections = new ArrayList<>();
        sections.add(bootstrap());
        sections.add(clusters());
        if (endpoints) {
            sections.add(endpoints());
        }
        sections.add(listeners());
        sections.add(routes());
        sections.add(new SecretsSection(view, wanted).message());
        return sections;
    }

    private static Message bootstrap() {
        return Message.of(BootstrapConfigDump.TYPE)
                .with(
                        BootstrapConfigDump.BOOTSTRAP,
                        Message.of(Bootstrap.TYPE).with(Bootstrap.NODE, ServerInfoPage.node()));
    }

    private Message clusters() {
        ResourceUpdates.Type type = view.updates().of(ResourceType.CLUSTER);
        List<Message> clusters = dynamic(ResourceType.CLUSTER, update -> Message.of(DynamicCluster.TYPE)
                .with(DynamicCluster.VERSION_INFO, update.version())
                .with(DynamicCluster.CLUSTER, packed(ResourceType.CLUSTER, update))
                .with(DynamicCluster.LAST_UPDATED, update.at()));
        return Message.of(ClustersConfigDump.TYPE)
                .with(ClustersConfigDump.VERSION_INFO, type.version())
                .with(ClustersConfigDump.DYNAMIC_ACTIVE_CLUSTERS, clusters);
    }

    private Message endpoints() {
        List<Message> endpoints = dynamic(ResourceType.LOAD_ASSIGNMENT, update -> Message.of(DynamicEndpointConfig.TYPE)
                .with(DynamicEndpointConfig.VERSION_INFO, update.version())
                .with(DynamicEndpointConfig.ENDPOINT_CONFIG, packed(ResourceType.LOAD_ASSIGNMENT, update))
                .with(DynamicEndpointConfig.LAST_UPDATED, update.at()));
        return Message.of(EndpointsConfigDump.TYPE).with(EndpointsConfigDump.DYNAMIC_ENDPOINT_CONFIGS, endpoints);
    }

    private Message listeners() {
        ResourceUpdates.Type type = view.updates().of(ResourceType.LISTENER);
        List<Message> listeners =
                new ArrayList<>(dynamic(ResourceType.LISTENER, update -> Message.of(DynamicListener.TYPE)
                        .with(DynamicListener.NAME, update.name())
                        .with(
                                DynamicListener.ACTIVE_STATE,
                                Message.of(DynamicListenerState.TYPE)
                                        .with(DynamicListenerState.VERSION_INFO, update.version())
                                        .with(DynamicListenerState.LISTENER, packed(ResourceType.LISTENER, update))
                                        .with(DynamicListenerState.LAST_UPDATED, update.at()))));
        type.rejections().stream()
                .filter(rejection -> wanted.test(rejection.name()))
                .map(rejection -> Message.of(DynamicListener.TYPE)
                        .with(DynamicListener.NAME, rejection.name())
                        .with(
                                DynamicListener.ERROR_STATE,
                                Message.of(UpdateFailureState.TYPE)
                                        .with(UpdateFailureState.LAST_UPDATE_ATTEMPT, type.lastResponse())
                                        .with(UpdateFailureState.DETAILS, rejection.reason())
                                        .with(UpdateFailureState.VERSION_INFO, type.version())))
                .forEach(listeners::add);
        return Message.of(ListenersConfigDump.TYPE)
                .with(ListenersConfigDump.VERSION_INFO, type.version())
                .with(ListenersConfigDump.DYNAMIC_LISTENERS, listeners);
    }

    private Message routes() {
        List<Message> routes = dynamic(ResourceType.ROUTE_CONFIGURATION, update -> Message.of(DynamicRouteConfig.TYPE)
                .with(DynamicRouteConfig.VERSION_INFO, update.version())
                .with(DynamicRouteConfig.ROUTE_CONFIG, packed(ResourceType.ROUTE_CONFIGURATION, update))
                .with(DynamicRouteConfig.LAST_UPDATED, update.at()));
        return Message.of(RoutesConfigDump.TYPE)
                .with(RoutesConfigDump.STATIC_ROUTE_CONFIGS, InlineRoutes.of(view.updates(), wanted))
                .with(RoutesConfigDump.DYNAMIC_ROUTE_CONFIGS, routes);
    }

    private List<Message> dynamic(ResourceType type, Function<Update, Message> state) {
        return view.updates().of(type).byName().values().stream()
                .filter(update -> wanted.test(update.name()))
                .map(state)
                .toList();
    }

    private static Message packed(ResourceType type, Update update) {
        return Message.of(Any.TYPE).with(Any.TYPE_URL, type.typeUrl()).with(Any.VALUE, update.wire());
    }
}

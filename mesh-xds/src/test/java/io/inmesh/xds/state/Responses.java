package io.inmesh.xds.state;

import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.CoreAddress.Address;
import io.inmesh.xds.envoy.CoreAddress.SocketAddress;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.envoy.Endpoints.Endpoint;
import io.inmesh.xds.envoy.Endpoints.LbEndpoint;
import io.inmesh.xds.envoy.Endpoints.LocalityLbEndpoints;
import io.inmesh.xds.envoy.HttpManagers.HttpConnectionManager;
import io.inmesh.xds.envoy.HttpManagers.Rds;
import io.inmesh.xds.envoy.Listeners.Filter;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.RouteActions.RouteAction;
import io.inmesh.xds.envoy.Routes.Route;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.envoy.Routes.RouteMatch;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;
import java.util.stream.Stream;

/** Small resources, and responses of them. */
final class Responses {

    private Responses() {}

    static Message clusters(Message... clusters) {
        return response(Cluster.TYPE, clusters);
    }

    static Message loadAssignments(Message... assignments) {
        return response(ClusterLoadAssignment.TYPE, assignments);
    }

    static Message listeners(Message... listeners) {
        return response(Listener.TYPE, listeners);
    }

    static Message routes(Message... routes) {
        return response(RouteConfiguration.TYPE, routes);
    }

    static Message response(MessageType type, Message... resources) {
        return Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, type.typeUrl())
                .with(DiscoveryResponse.VERSION_INFO, "1")
                .with(
                        DiscoveryResponse.RESOURCES,
                        Stream.of(resources).map(Any::pack).toList());
    }

    static Message eds(String name) {
        return Message.of(Cluster.TYPE)
                .with(Cluster.NAME, name)
                .with(Cluster.DISCOVERY_TYPE, Clusters.DiscoveryType.EDS);
    }

    static Message assignment(String name, int port) {
        Message address = Message.of(SocketAddress.TYPE)
                .with(SocketAddress.ADDRESS, "127.0.0.1")
                .with(SocketAddress.PORT_VALUE, (long) port);
        Message endpoint = Message.of(Endpoint.TYPE)
                .with(Endpoint.ADDRESS, Message.of(Address.TYPE).with(Address.SOCKET_ADDRESS, address));
        return Message.of(ClusterLoadAssignment.TYPE)
                .with(ClusterLoadAssignment.CLUSTER_NAME, name)
                .adding(
                        ClusterLoadAssignment.ENDPOINTS,
                        Message.of(LocalityLbEndpoints.TYPE)
                                .adding(
                                        LocalityLbEndpoints.LB_ENDPOINTS,
                                        Message.of(LbEndpoint.TYPE).with(LbEndpoint.ENDPOINT, endpoint)));
    }

    /** A listener whose connection manager asks RDS. */
    static Message listener(String name, String routeConfigName) {
        Message manager = Message.of(HttpConnectionManager.TYPE)
                .with(HttpConnectionManager.RDS, Message.of(Rds.TYPE).with(Rds.ROUTE_CONFIG_NAME, routeConfigName));
        Message filter = Message.of(Filter.TYPE).with(Filter.NAME, "http").with(Filter.TYPED_CONFIG, Any.pack(manager));
        return Message.of(Listener.TYPE)
                .with(Listener.NAME, name)
                .adding(
                        Listener.FILTER_CHAINS,
                        Message.of(FilterChain.TYPE).with(FilterChain.FILTERS, List.of(filter)));
    }

    /** Everything to one cluster. */
    static Message route(String name, String cluster) {
        Message route = Message.of(Route.TYPE)
                .with(Route.MATCH, Message.of(RouteMatch.TYPE).with(RouteMatch.PREFIX, "/"))
                .with(Route.ROUTE, Message.of(RouteAction.TYPE).with(RouteAction.CLUSTER, cluster));
        Message host = Message.of(VirtualHost.TYPE)
                .with(VirtualHost.NAME, "all")
                .with(VirtualHost.DOMAINS, List.of("*"))
                .with(VirtualHost.ROUTES, List.of(route));
        return Message.of(RouteConfiguration.TYPE)
                .with(RouteConfiguration.NAME, name)
                .with(RouteConfiguration.VIRTUAL_HOSTS, List.of(host));
    }
}

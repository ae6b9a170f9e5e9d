package io.inmesh.control.push;

import io.inmesh.control.push.Upkeep.Source;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.graph.Derived;
import io.inmesh.control.state.graph.Family;
import io.inmesh.control.state.graph.Graph;
import io.inmesh.control.translate.Scopes;
import io.inmesh.control.translate.Translation;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every resource as a computed value of its own, down to the single virtual host, so that a change translates what it touches and nothing
 * else. Clients in several namespaces that find the same rule for a host share its clusters.
 */
final class ResourceNodes {

    private final PushContext context;
    private final RouteNodes routes;
    private final Family<Proxy, Scopes.Outbound> outboundScopes;
    private final Family<Proxy, Scopes.Inbound> inboundScopes;
    private final Family<Scopes.Outbound, List<String>> hosts;
    private final Family<Scopes.Outbound, Set<Integer>> ports;
    private final Family<Scopes.Outbound, List<EncodedResource>> listeners;
    private final Family<String, List<EncodedResource>> fixedClusters;
    private final Family<Scopes.Callee, List<EncodedResource>> sharedClusters;
    private final Family<Scopes.Callee, List<EncodedResource>> sharedAssignments;
    private final Family<HostKey, List<EncodedResource>> clusters;
    private final Family<HostKey, List<EncodedResource>> assignments;
    private final Family<Scopes.Inbound, List<EncodedResource>> inboundClusters;
    private final Family<Scopes.Inbound, List<EncodedResource>> inboundListeners;
    private final Family<Scopes.Inbound, List<EncodedResource>> localInstances;
    private final Family<Scopes.Gateway, List<EncodedResource>> gatewayListeners;
    private final Family<Scopes.Gateway, List<EncodedResource>> gatewayRoutes;
    private final Family<Scopes.Gateway, List<EncodedResource>> gatewaySecrets;
    private long encoded;

    private record HostKey(Scopes.Outbound client, String host) {}

    ResourceNodes(PushContext context) {
        this.context = context;
        Graph graph = context.graph();
        routes = new RouteNodes(context, () -> encoded++);
        outboundScopes = new Family<>(graph, proxy -> Translation.outboundScope(context, proxy));
        inboundScopes = new Family<>(graph, proxy -> Translation.inboundScope(context, proxy));
        hosts = new Family<>(graph, client -> Translation.hosts(context, client));
        ports = new Family<>(graph, client -> Translation.routePorts(context, client));
        listeners = new Family<>(graph, client -> encode(Translation.listeners(context, client), Listener.NAME));
        fixedClusters = new Family<>(graph, all -> encode(Translation.fixedClusters(context), Cluster.NAME));
        sharedClusters = new Family<>(graph, callee -> encode(Translation.clusters(context, callee), Cluster.NAME));
        sharedAssignments = new Family<>(
                graph, callee -> encode(Translation.assignments(context, callee), ClusterLoadAssignment.CLUSTER_NAME));
        clusters =
                new Family<>(graph, key -> callee(key).map(sharedClusters::read).orElse(List.of()));
        assignments = new Family<>(
                graph, key -> callee(key).map(sharedAssignments::read).orElse(List.of()));
        gatewayListeners =
                new Family<>(graph, gateway -> encode(Translation.gatewayListeners(context, gateway), Listener.NAME));
        gatewayRoutes = new Family<>(
                graph, gateway -> encode(Translation.gatewayRoutes(context, gateway), RouteConfiguration.NAME));
        gatewaySecrets =
                new Family<>(graph, gateway -> encode(Translation.gatewaySecrets(context, gateway), Secret.NAME));
        inboundClusters =
                new Family<>(graph, server -> encode(Translation.inboundClusters(context, server), Cluster.NAME));
        localInstances = new Family<>(
                graph,
                server -> encode(Translation.localInstances(context, server), ClusterLoadAssignment.CLUSTER_NAME));
        inboundListeners = new Family<>(
                graph, server -> encode(List.of(Translation.inboundListener(context, server)), Listener.NAME));
    }

    /** How many resources were translated and serialised so far. */
    long encoded() {
        return encoded;
    }

    Derived<Scopes.Outbound> outboundScope(Proxy proxy) {
        return outboundScopes.keep(proxy);
    }

    Derived<Scopes.Inbound> inboundScope(Proxy proxy) {
        return inboundScopes.keep(proxy);
    }

    /** Everything that a kind of client calls. */
    void everything(Upkeep upkeep, Scopes.Outbound client) {
        upkeep.follow(new Source(XdsType.CDS, fixedClusters.keep("")));
        upkeep.followEach(hosts.keep(client), host -> ofHost(client, host));
        upkeep.follow(new Source(XdsType.LDS, listeners.keep(client)));
        upkeep.followEach(ports.keep(client), port -> List.of(new Source(XdsType.RDS, routes.table(client, port))));
    }

    /** What a kind of client needs before it asks for hosts by name, and where those are found. */
    void onDemand(Upkeep upkeep, Scopes.Outbound client) {
        upkeep.follow(new Source(XdsType.CDS, fixedClusters.keep("")));
        upkeep.follow(new Source(XdsType.LDS, listeners.keep(client)));
        upkeep.followEach(
                ports.keep(client), port -> List.of(new Source(XdsType.RDS, routes.emptyTable(client, port))));
        upkeep.supply(key -> {
            String name = key.substring(key.indexOf(' ') + 1);
            return key.startsWith("host ")
                    ? ofHost(client, name)
                    : List.of(new Source(XdsType.VHDS, routes.virtualHost(client, name)));
        });
    }

    /** Everything that a kind of gateway needs. */
    void gateway(Upkeep upkeep, Scopes.Gateway gateway) {
        upkeep.follow(new Source(XdsType.CDS, fixedClusters.keep("")));
        upkeep.followEach(hosts.keep(gateway.calls()), host -> ofHost(gateway.calls(), host));
        upkeep.follow(new Source(XdsType.LDS, gatewayListeners.keep(gateway)));
        upkeep.follow(new Source(XdsType.RDS, gatewayRoutes.keep(gateway)));
        upkeep.follow(new Source(XdsType.SDS, gatewaySecrets.keep(gateway)));
    }

    /** Everything that a kind of workload serves. */
    void inbound(Upkeep upkeep, Scopes.Inbound server) {
        upkeep.follow(new Source(XdsType.CDS, inboundClusters.keep(server)));
        upkeep.follow(new Source(XdsType.LDS, inboundListeners.keep(server)));
        if (server.instances().isPresent()) {
            upkeep.follow(new Source(XdsType.EDS, localInstances.keep(server)));
        }
    }

    private List<Source> ofHost(Scopes.Outbound client, String host) {
        HostKey key = new HostKey(client, host);
        return List.of(new Source(XdsType.CDS, clusters.keep(key)), new Source(XdsType.EDS, assignments.keep(key)));
    }

    private Optional<Scopes.Callee> callee(HostKey key) {
        return Translation.callee(context, key.client, key.host);
    }

    private List<EncodedResource> encode(List<Message> resources, Field<String> name) {
        encoded += resources.size();
        return resources.stream()
                .map(resource -> EncodedResource.of(resource.get(name), resource))
                .toList();
    }
}

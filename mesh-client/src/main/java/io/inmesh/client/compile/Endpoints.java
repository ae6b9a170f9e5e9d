package io.inmesh.client.compile;

import io.inmesh.api.spi.Workload;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.balance.EndpointSet;
import io.inmesh.client.host.ClusterState;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.MetadataValue;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.model.tls.TransportSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A load assignment's endpoints by priority and locality, each with its state, its transport socket and its workload. */
final class Endpoints {

    private static final String SOCKET_MATCH = "envoy.transport_socket_match";

    private Endpoints() {}

    static EndpointSet of(Cluster cluster, ClusterLoadAssignment assignment, ClusterState state) {
        int levels = assignment.endpoints().stream()
                .mapToInt(group -> group.priority() + 1)
                .max()
                .orElse(0);
        List<List<EndpointSet.Zone>> zones = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            zones.add(new ArrayList<>());
        }
        for (LocalityLbEndpoints group : assignment.endpoints()) {
            List<Endpoint> endpoints = group.endpoints().stream()
                    .map(endpoint -> endpoint(cluster, group, endpoint, state))
                    .toList();
            zones.get(group.priority()).add(new EndpointSet.Zone(group.weight(), endpoints));
        }
        return new EndpointSet(
                zones.stream().map(EndpointSet.Level::new).toList(),
                assignment.overprovisioningFactor(),
                assignment.weightedPriorityHealth());
    }

    private static Endpoint endpoint(
            Cluster cluster, LocalityLbEndpoints group, LbEndpoint endpoint, ClusterState state) {
        return new Endpoint(
                state.host(endpoint.address().toString()),
                endpoint,
                group.priority(),
                group.locality(),
                socket(cluster.transport(), endpoint.metadata()),
                workload(endpoint.metadata().text("istio", "workload").orElse("")));
    }

    private static TransportSocket socket(UpstreamTransport transport, Metadata metadata) {
        Map<String, MetadataValue> actual = metadata.of(SOCKET_MATCH).fields();
        for (UpstreamTransport.Match match : transport.matches()) {
            boolean all = match.match().entrySet().stream()
                    .allMatch(wanted -> new MetadataValue.Text(wanted.getValue()).equals(actual.get(wanted.getKey())));
            if (all) {
                return match.socket();
            }
        }
        return transport.defaultSocket();
    }

    // Istio's form: workload;namespace;canonical service;canonical revision;cluster
    private static Workload workload(String text) {
        if (text.isEmpty()) {
            return Workload.UNKNOWN;
        }
        String[] parts = text.split(";", 5);
        return new Workload(
                part(parts, 0),
                part(parts, 1),
                part(parts, 2),
                part(parts, 3),
                part(parts, 2),
                part(parts, 3),
                part(parts, 4),
                "");
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }
}

package io.inmesh.xds.state;

import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.wire.Message;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns discovery responses (state of the world) into the resources of a node, one after the other. For one thread: that of the stream.
 *
 * <ul>
 *   <li>A cluster or listener that is absent from its response is gone. Route configurations and load assignments are asked for by name,
 *       a response may hold some of them only; they go when nobody names them any longer.
 *   <li>Make before break: a cluster that is gone stays while routes lead to it, until the next response with routes or clusters.
 *       Control services send clusters first, so that a call in between finds what its route names.
 *   <li>A resource that is refused leaves the last good one of its name in place.
 *   <li>What did not change is the same instance as before.
 * </ul>
 */
public final class ResourceCache {

    /** istiod's name for the load assignment of the asking workload itself: the one that no cluster names. */
    public static final String LOCAL_CLUSTER = "local_cluster";

    private final Set<String> ownAssignments;
    private final TypedCache<Cluster> clusters = new TypedCache<>(ResourceDecoder.CLUSTERS);
    private final TypedCache<ClusterLoadAssignment> loadAssignments =
            new TypedCache<>(ResourceDecoder.LOAD_ASSIGNMENTS);
    private final TypedCache<Listener> listeners = new TypedCache<>(ResourceDecoder.LISTENERS);
    private final TypedCache<RouteConfiguration> routeConfigurations =
            new TypedCache<>(ResourceDecoder.ROUTE_CONFIGURATIONS);

    /** Clusters that are gone and stay for a while. */
    private final Set<String> lingering = new HashSet<>();

    private XdsResources resources = XdsResources.EMPTY;

    /** Of a node that asks for what clusters name and nothing else. */
    public ResourceCache() {
        this(Set.of());
    }

    /**
     * Begins with nothing.
     *
     * @param ownAssignments load assignments that the node asks for by itself, such as {@link #LOCAL_CLUSTER}; nobody waits for them
     */
    public ResourceCache(Set<String> ownAssignments) {
        this.ownAssignments = Set.copyOf(ownAssignments);
    }

    /**
     * What a response led to.
     *
     * @param resources the new state
     * @param rejections what of the response could not be used; if not empty, the response is to be answered with a NACK
     */
    public record Applied(XdsResources resources, List<Rejection> rejections) {
        public Applied {
            rejections = List.copyOf(rejections);
        }
    }

    /** Takes a {@code DiscoveryResponse}. One of a type that a node does not ask for changes nothing and is rejected. */
    public Applied apply(Message response) {
        String typeUrl = response.get(DiscoveryResponse.TYPE_URL);
        Optional<ResourceType> type = ResourceType.of(typeUrl);
        if (type.isEmpty()) {
            return new Applied(resources, List.of(new Rejection(typeUrl, "", "Nobody asked for this type")));
        }
        String version = response.get(DiscoveryResponse.VERSION_INFO);
        List<Message> received = response.get(DiscoveryResponse.RESOURCES);
        TypedCache<?> cache = cache(type.get());
        switch (type.get()) {
            case CLUSTER -> takeClusters(version, received);
            case LISTENER -> listeners.take(version, received, Set.of());
            case LOAD_ASSIGNMENT, ROUTE_CONFIGURATION ->
                cache.take(version, received, cache.current().byName().keySet());
        }
        if (type.get() == ResourceType.ROUTE_CONFIGURATION) {
            dropLingering();
        }
        forgetUnnamed();
        return new Applied(resources, cache.current().rejections());
    }

    private void takeClusters(String version, List<Message> received) {
        Set<String> kept = new HashSet<>(References.clusters(resources));
        kept.removeAll(lingering);
        lingering.clear();
        lingering.addAll(clusters.take(version, received, kept));
    }

    private void dropLingering() {
        Set<String> stay = new HashSet<>(clusters.current().byName().keySet());
        stay.removeAll(lingering);
        lingering.clear();
        clusters.retain(stay);
    }

    private void forgetUnnamed() {
        publish();
        if (clusters.current().received()) {
            loadAssignments.retain(names(ResourceType.LOAD_ASSIGNMENT));
        }
        if (listeners.current().received()) {
            routeConfigurations.retain(References.routeConfigurations(resources));
        }
        publish();
    }

    /** The state as it is. */
    public XdsResources resources() {
        return resources;
    }

    /** The clusters that what is there now leads to, for a client that asks for clusters by name. */
    public Set<String> clusterNames() {
        return References.clusters(resources);
    }

    /** The clusters that a route configuration would lead to. */
    public static Set<String> clusterNames(RouteConfiguration routes) {
        return References.clusters(routes);
    }

    /** The names to ask for; empty for clusters and listeners, which come without being named. */
    public Set<String> names(ResourceType type) {
        return switch (type) {
            case CLUSTER, LISTENER -> Set.of();
            case LOAD_ASSIGNMENT -> withOwn(References.loadAssignments(resources));
            case ROUTE_CONFIGURATION -> References.routeConfigurations(resources);
        };
    }

    private Set<String> withOwn(Set<String> named) {
        if (ownAssignments.isEmpty()) {
            return named;
        }
        Set<String> all = new LinkedHashSet<>(named);
        all.addAll(ownAssignments);
        return all;
    }

    /**
     * Stops waiting for what was named and has not come, so that the state can be {@linkplain XdsResources#complete() complete}. It is
     * for the owner of the stream to say when: Envoy's rule is 15 seconds after asking. What comes later is taken as ever.
     */
    public XdsResources giveUpMissing() {
        routeConfigurations.giveUp(names(ResourceType.ROUTE_CONFIGURATION));
        loadAssignments.giveUp(References.loadAssignments(resources));
        publish();
        return resources;
    }

    /** The present resources of a type as one {@code DiscoveryResponse}, as {@link FileConfigSource} reads it. */
    public Message response(ResourceType type) {
        TypedCache<?> cache = cache(type);
        return Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, type.typeUrl())
                .with(DiscoveryResponse.VERSION_INFO, cache.current().version())
                .with(DiscoveryResponse.RESOURCES, cache.packed());
    }

    private TypedCache<?> cache(ResourceType type) {
        return switch (type) {
            case CLUSTER -> clusters;
            case LOAD_ASSIGNMENT -> loadAssignments;
            case LISTENER -> listeners;
            case ROUTE_CONFIGURATION -> routeConfigurations;
        };
    }

    private void publish() {
        resources = new XdsResources(
                clusters.current(), loadAssignments.current(), listeners.current(), routeConfigurations.current());
    }
}

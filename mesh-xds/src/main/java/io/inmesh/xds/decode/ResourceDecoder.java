package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Endpoints;
import io.inmesh.xds.envoy.Listeners;
import io.inmesh.xds.envoy.Routes;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.function.Function;

/**
 * Decodes resources of one type, from messages to the model. A pure function: no clock, no I/O; thread-safe.
 *
 * <p>What is not supported is left aside and reported, never a reason to refuse. Where it concerns security the model says so in a value
 * that has to be denied. Refused is what cannot be anything: no name, broken bytes, values that Envoy too would refuse.
 */
public final class ResourceDecoder<T> {

    public static final ResourceDecoder<Cluster> CLUSTERS =
            new ResourceDecoder<>(Clusters.Cluster.TYPE, Clusters.Cluster.NAME, ClusterDecoder::decode);
    public static final ResourceDecoder<ClusterLoadAssignment> LOAD_ASSIGNMENTS = new ResourceDecoder<>(
            Endpoints.ClusterLoadAssignment.TYPE,
            Endpoints.ClusterLoadAssignment.CLUSTER_NAME,
            EndpointDecoder::decode);
    public static final ResourceDecoder<Listener> LISTENERS =
            new ResourceDecoder<>(Listeners.Listener.TYPE, Listeners.Listener.NAME, ListenerDecoder::decode);
    public static final ResourceDecoder<RouteConfiguration> ROUTE_CONFIGURATIONS = new ResourceDecoder<>(
            Routes.RouteConfiguration.TYPE, Routes.RouteConfiguration.NAME, RouteConfigurationDecoder::decode);

    private final MessageType type;
    private final Field<String> name;
    private final Function<Fields, T> decoder;

    private ResourceDecoder(MessageType type, Field<String> name, Function<Fields, T> decoder) {
        this.type = type;
        this.name = name;
        this.decoder = decoder;
    }

    /** The messages that it reads. */
    public MessageType type() {
        return type;
    }

    /** Reads and decodes a resource. */
    public Decoded<T> decode(Bytes bytes) {
        try {
            return decode(Message.parse(type, bytes));
        } catch (MalformedMessageException e) {
            return refused("", String.valueOf(e.getMessage()));
        }
    }

    /** Decodes a resource. */
    public Decoded<T> decode(Message message) {
        return decode(message, new Report());
    }

    Decoded<T> decode(Message message, Report report) {
        String resourceName = message.get(name);
        if (resourceName.isEmpty()) {
            return refused("", "It has no name");
        }
        try {
            T resource = Fields.decode(message, "", report, decoder);
            return new Decoded.Usable<>(resourceName, resource, report.paths());
        } catch (InvalidResourceException e) {
            return refused(resourceName, String.valueOf(e.getMessage()));
        }
    }

    private Decoded<T> refused(String resourceName, String reason) {
        return new Decoded.Refused<>(new Rejection(type.fullName(), resourceName, reason));
    }
}

package io.inmesh.xds.model.endpoint;

import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.SocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * One address of a cluster.
 *
 * @param additionalAddresses tried in order where the first cannot be connected to
 * @param hostname for automatic host rewrites; may be empty
 * @param health as the control service sees it
 * @param weight at least 1
 * @param metadata {@code envoy.transport_socket_match} chooses the transport socket, {@code istio}, {@code workload} names the workload
 */
public record LbEndpoint(
        SocketAddress address,
        List<SocketAddress> additionalAddresses,
        String hostname,
        HealthStatus health,
        long weight,
        Metadata metadata) {

    public LbEndpoint {
        Objects.requireNonNull(address, "address");
        additionalAddresses = List.copyOf(additionalAddresses);
        Objects.requireNonNull(hostname, "hostname");
        Objects.requireNonNull(health, "health");
        if (weight < 1) {
            throw new IllegalArgumentException("An endpoint's weight is at least 1: " + weight);
        }
        Objects.requireNonNull(metadata, "metadata");
    }

    /** With one address. */
    public LbEndpoint(SocketAddress address, String hostname, HealthStatus health, long weight, Metadata metadata) {
        this(address, List.of(), hostname, health, weight, metadata);
    }

    /** Envoy's HealthStatus. UNKNOWN counts as healthy; DRAINING and TIMEOUT as UNHEALTHY. */
    public enum HealthStatus {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY,
        DRAINING,
        TIMEOUT,
        DEGRADED
    }
}

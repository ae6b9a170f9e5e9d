package io.inmesh.client.balance;

import io.inmesh.api.spi.Workload;
import io.inmesh.client.host.Host;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.tls.TransportSocket;

/**
 * One endpoint of a snapshot: what the control service says of it, and the state that outlives the snapshot.
 *
 * @param transport the socket that {@code transport_socket_matches} gives it
 * @param workload who is behind it
 */
public record Endpoint(
        Host host,
        LbEndpoint description,
        int priority,
        Locality locality,
        TransportSocket transport,
        Workload workload) {

    /** Takes its share of traffic: not unhealthy by the control service's word, and not ejected. */
    boolean healthy() {
        return !host.ejected() && controlSaysHealthy();
    }

    /** Takes what healthy endpoints cannot. */
    boolean degraded() {
        return !host.ejected() && description.health() == LbEndpoint.HealthStatus.DEGRADED;
    }

    private boolean controlSaysHealthy() {
        return description.health() == LbEndpoint.HealthStatus.UNKNOWN
                || description.health() == LbEndpoint.HealthStatus.HEALTHY;
    }
}

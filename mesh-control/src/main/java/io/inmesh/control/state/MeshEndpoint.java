package io.inmesh.control.state;

/**
 * One address of one port of a service.
 *
 * @param address an IP address, or a name for a service that is resolved by DNS
 * @param mtls whether a caller with automatic mTLS uses it: the workload can take it and its PeerAuthentication does not forbid it
 * @param health only healthy ones are called
 */
public record MeshEndpoint(String address, int port, Workload workload, boolean mtls, Health health) {

    /** Envoy's words for what Kubernetes says of an endpoint. */
    public enum Health {
        HEALTHY,
        /** Not ready. Callers know of it, so that they know how much of a place is down. */
        UNHEALTHY,
        /** On its way out, while sessions of a service with persistent sessions end there. */
        DRAINING
    }
}

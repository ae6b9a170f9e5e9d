package io.inmesh.control.state;

/**
 * One address of one port of a service.
 *
 * @param address an IP address, or a name for a service that is resolved by DNS
 * @param mtls whether a caller with automatic mTLS uses it: the workload can take it and its PeerAuthentication does not forbid it
 * @param healthy false for one that is listed and must not be called
 */
public record MeshEndpoint(String address, int port, Workload workload, boolean mtls, boolean healthy) {}

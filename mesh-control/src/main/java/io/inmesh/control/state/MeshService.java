package io.inmesh.control.state;

import io.inmesh.control.yaml.Origin;
import java.util.List;
import java.util.Optional;

/**
 * A host that can be called, from a Kubernetes Service or a ServiceEntry.
 *
 * @param host fully qualified
 * @param addresses virtual ones
 * @param external outside of the mesh, so that mutual TLS is never expected of it
 * @param subjectAltNames of its endpoints, beside those of their service accounts
 */
public record MeshService(
        String host,
        String name,
        String namespace,
        List<String> addresses,
        List<ServicePort> ports,
        Resolution resolution,
        boolean kubernetes,
        boolean external,
        List<String> subjectAltNames,
        List<String> exportTo,
        Origin origin) {

    /** How a client finds an endpoint. */
    public enum Resolution {
        /** The control service names the endpoints. */
        ENDPOINTS,
        /** The endpoints are names that the client resolves. */
        DNS,
        DNS_ROUND_ROBIN,
        /** The client calls the address that it has. */
        NONE
    }

    /** A port of the service. */
    public record ServicePort(int number, String name, Protocol protocol) {}

    public Optional<ServicePort> port(int number) {
        return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** Whether a client of a namespace may call it. */
    public boolean visibleFrom(String viewer) {
        return Visibility.allows(exportTo, namespace, viewer);
    }
}

package io.inmesh.client.security;

import io.inmesh.api.identity.SpiffeId;
import java.util.Set;

/**
 * Which peers of the trust bundle are welcome, by the URI SAN of their certificate: Envoy's {@code match_subject_alt_names} with
 * {@code exact} and {@code prefix}. With both empty every identity of the bundle is. Immutable.
 *
 * @param exact whole SPIFFE IDs; what Istio lists for a cluster: the service accounts of its endpoints
 * @param prefixes beginnings; what Istio gives to a server: {@code spiffe://<trust domain>/} and its aliases
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto">Envoy,
 *     CertificateValidationContext</a>
 */
public record PeerPolicy(Set<String> exact, Set<String> prefixes) {

    private static final PeerPolicy ANYONE = new PeerPolicy(Set.of(), Set.of());

    public PeerPolicy {
        exact = Set.copyOf(exact);
        prefixes = Set.copyOf(prefixes);
    }

    /** Every identity that chains to the trust bundle. */
    public static PeerPolicy anyone() {
        return ANYONE;
    }

    public static PeerPolicy exactly(Set<String> names) {
        return new PeerPolicy(names, Set.of());
    }

    public static PeerPolicy startingWith(Set<String> prefixes) {
        return new PeerPolicy(Set.of(), prefixes);
    }

    boolean allows(SpiffeId peer) {
        String uri = peer.uri();
        return (exact.isEmpty() && prefixes.isEmpty())
                || exact.contains(uri)
                || prefixes.stream().anyMatch(uri::startsWith);
    }
}

package io.inmesh.client.security;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Which workloads of the trust bundle are welcome, by the URI SAN of their certificate: Envoy's {@code match_subject_alt_names} with
 * {@code exact} and {@code prefix}. With both empty every identity of the bundle is. Immutable.
 *
 * @param exact whole SPIFFE IDs; what Istio lists for a cluster: the service accounts of its endpoints
 * @param prefixes beginnings; what Istio gives to a server: {@code spiffe://<trust domain>/} and its aliases
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto">Envoy,
 *     CertificateValidationContext</a>
 */
public record PeerPolicy(Set<String> exact, Set<String> prefixes) implements PeerCheck {

    private static final PeerPolicy ANYONE = new PeerPolicy(Set.of(), Set.of());
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

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

    @Override
    public void check(X509Certificate[] chain, Role role) throws CertificateException {
        boolean[] keyUsage = chain[0].getKeyUsage();
        if (keyUsage != null && (keyUsage[KEY_CERT_SIGN] || keyUsage[CRL_SIGN])) {
            throw new CertificateException("A workload's certificate must not sign certificates");
        }
        for (X509Certificate certificate : chain) {
            List<String> usages = certificate.getExtendedKeyUsage();
            // The JDK looks at the leaf's usages only; an authority for e-mail must not vouch for workloads either.
            if (usages != null && !usages.contains(role.usage()) && !usages.contains(ANY_USAGE)) {
                throw new CertificateException("A certificate of the chain is not meant for TLS in this role");
            }
        }
        SpiffeId peer = SvidVerifier.idOf(chain[0]);
        if (!allows(peer)) {
            throw new CertificateException("The peer is " + peer + ", which the policy does not allow: " + this);
        }
    }
}

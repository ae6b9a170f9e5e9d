package io.inmesh.client.security;

import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.CommonTls.TlsVersion;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/**
 * What mutual TLS of the mesh asks for in either direction. Immutable.
 *
 * @param peer who the other end may be
 * @param versions JSSE's names, best first
 * @param cipherSuites JSSE's names; empty for the JDK's own choice
 */
record TlsTerms(PeerPolicy peer, List<String> versions, List<String> cipherSuites) {

    private static final CertificateSource OUR_IDENTITY = new CertificateSource.Sds("default");
    private static final TrustSource OUR_BUNDLE = new TrustSource.Sds("ROOTCA");

    TlsTerms {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /**
     * Reads Envoy's settings.
     *
     * @throws IllegalArgumentException if they ask for anything that is not honoured here to the letter; no handshake may succeed then
     */
    static TlsTerms of(CommonTls tls) {
        require(tls.unsupported().isEmpty(), "TLS settings that Inmesh does not know: " + tls.unsupported());
        require(
                tls.certificates().equals(List.of(OUR_IDENTITY)),
                "TLS with another certificate than the workload's own identity: " + tls.certificates());
        PeerValidation validation = tls.validation();
        require(
                validation != null && OUR_BUNDLE.equals(validation.trust()),
                "TLS that trusts others than the mesh's trust bundle: " + validation);
        return new TlsTerms(
                policy(validation == null ? List.of() : validation.subjectAltNames()),
                versions(tls),
                CipherSuites.ofOpenSsl(tls.cipherSuites()));
    }

    void applyTo(SSLParameters parameters) {
        parameters.setProtocols(versions.toArray(String[]::new));
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
    }

    private static PeerPolicy policy(List<SanMatch> matches) {
        Set<String> exact = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (SanMatch match : matches) {
            boolean uri = match.type() == SanMatch.Type.URI || match.type() == SanMatch.Type.ANY;
            if (uri && match.match() instanceof StringMatch.Exact name && !name.ignoreCase()) {
                exact.add(name.value());
            } else if (uri && match.match() instanceof StringMatch.Prefix prefix && !prefix.ignoreCase()) {
                prefixes.add(prefix.value());
            } else {
                throw new IllegalArgumentException("A condition on peers that Inmesh does not know: " + match);
            }
        }
        return new PeerPolicy(exact, prefixes);
    }

    private static List<String> versions(CommonTls tls) {
        TlsVersion minimum = tls.minimumVersion();
        TlsVersion maximum = tls.maximumVersion();
        List<String> versions = new ArrayList<>();
        if (maximum == null || maximum == TlsVersion.TLS_1_3) {
            versions.add("TLSv1.3");
        }
        if (minimum != TlsVersion.TLS_1_3 && (maximum == null || maximum.compareTo(TlsVersion.TLS_1_2) >= 0)) {
            versions.add("TLSv1.2");
        }
        require(!versions.isEmpty(), "A TLS version below 1.2: " + maximum);
        return versions;
    }

    private static void require(boolean honoured, String otherwise) {
        if (!honoured) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}

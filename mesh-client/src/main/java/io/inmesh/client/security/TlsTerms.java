package io.inmesh.client.security;

import io.inmesh.api.identity.Pem;
import io.inmesh.client.security.TlsMaterial.Trust;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.CommonTls.TlsVersion;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What TLS asks for in either direction. Immutable.
 *
 * @param own what we show
 * @param trust which chains are good
 * @param peer who the other end may be
 * @param versions JSSE's names, best first
 * @param cipherSuites JSSE's names; empty for the JDK's own choice
 */
record TlsTerms(CredentialFrom own, TrustFrom trust, PeerCheck peer, List<String> versions, List<String> cipherSuites) {

    private static final CertificateSource OUR_IDENTITY = new CertificateSource.Sds("default");
    private static final TrustSource OUR_BUNDLE = new TrustSource.Sds("ROOTCA");

    TlsTerms {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /**
     * Reads Envoy's settings for either role.
     *
     * @throws IllegalArgumentException if they ask for anything that is not honoured here to the letter; no handshake may succeed then
     */
    static TlsTerms of(CommonTls tls) {
        require(tls.unsupported().isEmpty(), "TLS settings that Inmesh does not know: " + tls.unsupported());
        PeerValidation validation = tls.validation();
        List<SanMatch> names = validation == null ? List.of() : validation.subjectAltNames();
        TrustFrom trust = trust(validation == null ? null : validation.trust());
        CredentialFrom own = credential(tls.certificates());
        boolean anyone = trust.equals(new TrustFrom.Given(new Trust.Anyone()));
        require(!anyone || names.isEmpty(), "Names of peers whose certificates anybody may have written: " + names);
        require(!anyone || !(own instanceof CredentialFrom.Identity), "The workload's identity shown to anybody");
        return new TlsTerms(
                own,
                trust,
                trust instanceof TrustFrom.Identity ? workloads(names) : new NamedPeers(names),
                versions(tls),
                CipherSuites.ofOpenSsl(tls.cipherSuites()));
    }

    /** Both ends are workloads of the mesh and prove it. */
    boolean mutual() {
        return own instanceof CredentialFrom.Identity && trust instanceof TrustFrom.Identity;
    }

    void applyTo(SSLParameters parameters) {
        parameters.setProtocols(versions.toArray(String[]::new));
        if (!cipherSuites.isEmpty()) {
            parameters.setCipherSuites(cipherSuites.toArray(String[]::new));
        }
    }

    private static CredentialFrom credential(List<CertificateSource> certificates) {
        if (certificates.isEmpty()) {
            return new CredentialFrom.Nowhere();
        }
        require(certificates.size() == 1, "TLS with several certificates: " + certificates);
        CertificateSource only = certificates.get(0);
        if (only instanceof CertificateSource.Files files) {
            return new CredentialFrom.Files(files.certificateChain(), files.privateKey());
        }
        require(only.equals(OUR_IDENTITY), "A certificate from a secret that nobody here serves: " + only);
        return new CredentialFrom.Identity();
    }

    private static TrustFrom trust(@Nullable TrustSource source) {
        if (source == null) {
            return new TrustFrom.Given(new Trust.Anyone());
        } else if (source instanceof TrustSource.File file) {
            return new TrustFrom.File(file.path());
        } else if (source instanceof TrustSource.Machine) {
            return new TrustFrom.Given(new Trust.Platform());
        } else if (source instanceof TrustSource.Inline inline) {
            return new TrustFrom.Given(roots(inline.pem()));
        }
        require(source.equals(OUR_BUNDLE), "Roots from a secret that nobody here serves: " + source);
        return new TrustFrom.Identity();
    }

    private static Trust roots(String pem) {
        try {
            return new Trust.Roots(Set.copyOf(Pem.readCertificates(pem)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("Roots that cannot be read: " + e.getMessage(), e);
        }
    }

    private static PeerPolicy workloads(List<SanMatch> matches) {
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

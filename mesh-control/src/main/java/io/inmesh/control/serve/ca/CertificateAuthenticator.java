package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.serve.CallerAuthenticator;
import io.inmesh.control.serve.CallerCredentials;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Knows callers by their current certificate. The port's trust manager saw the chain once, at the handshake; a connection or a
 * resumed TLS session may outlive the certificate, so it is judged again for each call. Thread-safe.
 */
final class CertificateAuthenticator implements CallerAuthenticator {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final Supplier<Authority> authority;
    private final TrustDomain trustDomain;
    private final MeshClock clock;

    CertificateAuthenticator(Supplier<Authority> authority, TrustDomain trustDomain, MeshClock clock) {
        this.authority = authority;
        this.trustDomain = trustDomain;
        this.clock = clock;
    }

    @Override
    public Optional<SpiffeId> identify(CallerCredentials credentials) {
        List<X509Certificate> chain = credentials.chain();
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            SpiffeId id = SvidVerifier.verify(chain, authority.get().trustBundle(), clock.now());
            return id.trustDomain().equals(trustDomain) && isClient(chain.get(0)) ? Optional.of(id) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static boolean isClient(X509Certificate leaf) throws CertificateParsingException {
        List<String> purposes = leaf.getExtendedKeyUsage();
        return purposes != null && purposes.contains(CLIENT_AUTH);
    }
}

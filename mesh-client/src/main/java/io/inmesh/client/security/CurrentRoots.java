package io.inmesh.client.security;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Callers whose chain leads to a root of the moment, for servers that keep one TLS context for ever. It judges callers only; who the
 * caller may be, a filter chain says. Thread-safe.
 */
final class CurrentRoots extends X509ExtendedTrustManager {

    private final IdentityHolder identities;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    CurrentRoots(IdentityHolder identities) {
        this.identities = identities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        roots().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        roots().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        roots().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("These roots judge callers, not servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("These roots judge callers, not servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("These roots judge callers, not servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @SuppressWarnings("ReferenceEquality") // a change makes a new instance
    private X509ExtendedTrustManager roots() throws CertificateException {
        TlsMaterial material = identities.material();
        if (material == null) {
            throw new CertificateException("this workload has no identity yet");
        }
        Known last = known.get();
        if (last != null && last.material == material) {
            return last.roots;
        }
        try {
            Known next = new Known(material, ChainTrust.of(material.trust()));
            known.set(next);
            return next.roots;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("The JDK refuses " + material.trust(), e);
        }
    }

    private record Known(TlsMaterial material, X509ExtendedTrustManager roots) {}
}

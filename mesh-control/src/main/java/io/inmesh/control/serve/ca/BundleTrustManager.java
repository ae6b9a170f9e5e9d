package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.PkixTrust;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts callers by the bundle of this moment, so that an added root counts and a removed one does not without a restart. Thread-safe. */
final class BundleTrustManager extends X509ExtendedTrustManager {

    private final Supplier<Authority> authority;
    private volatile Held held;

    BundleTrustManager(Supplier<Authority> authority) {
        this.authority = authority;
        this.held = Held.of(authority.get().trustBundle());
    }

    private X509ExtendedTrustManager current() {
        Set<X509Certificate> bundle = authority.get().trustBundle();
        Held known = held;
        if (!known.bundle().equals(bundle)) {
            known = Held.of(bundle);
            held = known;
        }
        return known.manager();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        current().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        current().checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current().getAcceptedIssuers();
    }

    private static CertificateException noServer() {
        return new CertificateException("this port calls nobody");
    }

    private record Held(Set<X509Certificate> bundle, X509ExtendedTrustManager manager) {

        static Held of(Set<X509Certificate> bundle) {
            try {
                return new Held(bundle, PkixTrust.of(bundle));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK cannot validate certificates", e);
            }
        }
    }
}

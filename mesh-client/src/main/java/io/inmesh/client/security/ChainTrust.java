package io.inmesh.client.security;

import io.inmesh.client.security.TlsMaterial.Trust;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trust managers that judge chains only; the names in them are {@link PeerCheck}'s. Stateless. */
final class ChainTrust {

    private ChainTrust() {}

    static X509ExtendedTrustManager of(Trust trust) throws GeneralSecurityException, IOException {
        if (trust instanceof Trust.Roots roots) {
            return pkix(store(roots.certificates()));
        }
        return trust instanceof Trust.Platform ? pkix(null) : new Everybody();
    }

    private static KeyStore store(Set<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        int count = 0;
        for (X509Certificate root : certificates) {
            roots.setCertificateEntry("root" + count++, root);
        }
        return roots;
    }

    /** Without roots, the JVM's own trust store. */
    private static X509ExtendedTrustManager pkix(@Nullable KeyStore roots) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("The JDK's PKIX trust manager is no X509ExtendedTrustManager");
    }

    /** Where the operator has asked for no verification, which Envoy grants too. */
    private static final class Everybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

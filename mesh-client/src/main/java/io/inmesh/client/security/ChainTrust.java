package io.inmesh.client.security;

import io.inmesh.api.identity.PkixTrust;
import io.inmesh.client.security.TlsMaterial.Trust;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trust managers that judge chains only; the names in them are {@link PeerCheck}'s. Stateless. */
final class ChainTrust {

    private ChainTrust() {}

    static X509ExtendedTrustManager of(Trust trust) throws GeneralSecurityException {
        if (trust instanceof Trust.Roots roots) {
            return PkixTrust.of(roots.certificates());
        }
        return trust instanceof Trust.Platform ? PkixTrust.platform() : new Everybody();
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

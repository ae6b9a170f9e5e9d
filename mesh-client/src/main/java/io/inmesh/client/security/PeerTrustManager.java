package io.inmesh.client.security;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts a peer whose chain another trust manager accepts and whose certificate passes a check. Host names play no part. Immutable. */
final class PeerTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager chains;
    private final PeerCheck peer;

    PeerTrustManager(X509ExtendedTrustManager chains, PeerCheck peer) {
        this.chains = chains;
        this.peer = peer;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chains.checkClientTrusted(chain, authType, socket);
        peer.check(chain, PeerCheck.Role.CLIENT);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkClientTrusted(chain, authType, engine);
        peer.check(chain, PeerCheck.Role.CLIENT);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkClientTrusted(chain, authType);
        peer.check(chain, PeerCheck.Role.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, socket);
        peer.check(chain, PeerCheck.Role.SERVER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType, engine);
        peer.check(chain, PeerCheck.Role.SERVER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        chains.checkServerTrusted(chain, authType);
        peer.check(chain, PeerCheck.Role.SERVER);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }
}

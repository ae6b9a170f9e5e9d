package io.inmesh.client.security;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts a peer whose chain the JDK validates against the trust bundle, whose certificates may be used for TLS in the peer's role,
 * and whose SPIFFE ID the policy allows. Host names play no part. Immutable.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;

    private final X509ExtendedTrustManager pkix;
    private final PeerPolicy policy;

    private PeerTrustManager(X509ExtendedTrustManager pkix, PeerPolicy policy) {
        this.pkix = pkix;
        this.policy = policy;
    }

    static PeerTrustManager over(Set<X509Certificate> trustBundle, PeerPolicy policy)
            throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        int count = 0;
        for (X509Certificate root : trustBundle) {
            roots.setCertificateEntry("root" + count++, root);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(roots);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return new PeerTrustManager(extended, policy);
            }
        }
        throw new GeneralSecurityException("The JDK's PKIX trust manager is no X509ExtendedTrustManager");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        pkix.checkClientTrusted(chain, authType, socket);
        checkPeer(chain, CLIENT_AUTH);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        pkix.checkClientTrusted(chain, authType, engine);
        checkPeer(chain, CLIENT_AUTH);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        pkix.checkClientTrusted(chain, authType);
        checkPeer(chain, CLIENT_AUTH);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        pkix.checkServerTrusted(chain, authType, socket);
        checkPeer(chain, SERVER_AUTH);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        pkix.checkServerTrusted(chain, authType, engine);
        checkPeer(chain, SERVER_AUTH);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        pkix.checkServerTrusted(chain, authType);
        checkPeer(chain, SERVER_AUTH);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }

    private void checkPeer(X509Certificate[] chain, String usage) throws CertificateException {
        boolean[] keyUsage = chain[0].getKeyUsage();
        if (keyUsage != null && (keyUsage[KEY_CERT_SIGN] || keyUsage[CRL_SIGN])) {
            throw new CertificateException("A workload's certificate must not sign certificates");
        }
        for (X509Certificate certificate : chain) {
            List<String> usages = certificate.getExtendedKeyUsage();
            // The JDK looks at the leaf's usages only; an authority for e-mail must not vouch for workloads either.
            if (usages != null && !usages.contains(usage) && !usages.contains(ANY_USAGE)) {
                throw new CertificateException("A certificate of the chain is not meant for TLS in this role");
            }
        }
        SpiffeId peer = SvidVerifier.idOf(chain[0]);
        if (!policy.allows(peer)) {
            throw new CertificateException("The peer is " + peer + ", which the policy does not allow: " + policy);
        }
    }
}

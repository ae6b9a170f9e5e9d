package io.inmesh.client.security;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.SvidVerifier;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads who the other end of a TLS session is; never from a header. */
public final class PeerIdentity {

    private PeerIdentity() {}

    /**
     * The identity of the peer of a completed handshake.
     *
     * @throws SSLPeerUnverifiedException if the peer showed no certificate, or none of a workload
     */
    public static SpiffeId of(SSLSession session) throws SSLPeerUnverifiedException {
        try {
            return SvidVerifier.idOf((X509Certificate) session.getPeerCertificates()[0]);
        } catch (CertificateException e) {
            SSLPeerUnverifiedException unverified = new SSLPeerUnverifiedException("The peer has no SPIFFE ID");
            unverified.initCause(e);
            throw unverified;
        }
    }
}

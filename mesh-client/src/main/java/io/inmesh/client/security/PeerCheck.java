package io.inmesh.client.security;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Whether the holder of a certificate, whose chain is good already, is one that may be talked to. Implementations are immutable. */
sealed interface PeerCheck permits PeerPolicy, NamedPeers {

    /** A role in a handshake, and the extended key usage that a certificate may be limited to. */
    enum Role {
        SERVER("1.3.6.1.5.5.7.3.1"),
        CLIENT("1.3.6.1.5.5.7.3.2");

        private final String usage;

        Role(String usage) {
            this.usage = usage;
        }

        String usage() {
            return usage;
        }
    }

    /**
     * Judges a peer.
     *
     * @param chain the peer's own certificate first
     * @param role of the peer
     * @throws CertificateException if it is not welcome; the message says who it is
     */
    void check(X509Certificate[] chain, Role role) throws CertificateException;
}

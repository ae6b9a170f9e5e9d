package io.inmesh.client.authz;

import io.inmesh.api.error.PeerIdentityException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection that came in, before and independent of any request on it. Immutable.
 *
 * @param local the address that was connected to
 * @param remote the peer's end of the socket
 * @param tls whether the connection began as TLS
 * @param serverName the server name asked for, as our own ClientHello reader saw it; null without one
 * @param applicationProtocols ALPN names in the client's order; on plaintext what the first bytes show, {@code http/1.1} or
 *     {@code h2c}
 * @param peer the certificate that the peer proved in the handshake; null on plaintext and before the handshake
 * @param localUri the URI SAN that we proved ourselves in the handshake; null like the peer
 */
public record InboundConnection(
        InetSocketAddress local,
        InetSocketAddress remote,
        boolean tls,
        @Nullable String serverName,
        List<String> applicationProtocols,
        @Nullable PeerCertificate peer,
        @Nullable String localUri) {

    public InboundConnection {
        applicationProtocols = List.copyOf(applicationProtocols);
        if (peer != null && !tls) {
            throw new IllegalArgumentException("plaintext never yields a peer's certificate");
        }
    }

    /** A connection whose first bytes are no TLS. */
    public static InboundConnection plaintext(
            InetSocketAddress local, InetSocketAddress remote, List<String> applicationProtocols) {
        return new InboundConnection(local, remote, false, null, applicationProtocols, null, null);
    }

    /** A connection whose first bytes are a ClientHello. */
    public static InboundConnection tls(
            InetSocketAddress local,
            InetSocketAddress remote,
            @Nullable String serverName,
            List<String> applicationProtocols) {
        return new InboundConnection(local, remote, true, serverName, applicationProtocols, null, null);
    }

    /**
     * The same connection after its handshake, whose session proves who is at either end.
     *
     * @throws PeerIdentityException if the peer has no certificate, or one without a name that can be believed
     */
    public InboundConnection proven(SSLSession session) throws PeerIdentityException {
        try {
            PeerCertificate theirs = PeerCertificate.of((X509Certificate) session.getPeerCertificates()[0]);
            PeerCertificate own = PeerCertificate.of((X509Certificate) session.getLocalCertificates()[0]);
            return withPeer(theirs, own.uris().isEmpty() ? "" : own.uris().get(0));
        } catch (SSLPeerUnverifiedException e) {
            throw new PeerIdentityException("The peer has no certificate", e);
        }
    }

    /** The same connection after its handshake. */
    public InboundConnection withPeer(PeerCertificate proven, String provenLocalUri) {
        return new InboundConnection(local, remote, tls, serverName, applicationProtocols, proven, provenLocalUri);
    }

    public int destinationPort() {
        return local.getPort();
    }
}

package io.inmesh.client.adapter.grpc;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.inmesh.api.error.PeerIdentityException;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.client.security.ServerTlsSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Keeps with each connection what its handshake proved. The peer is judged again here, by the roots and the filter chain of this moment:
 * a session that was resumed has not been. A connection about which nothing is proved has no facts, and no call on it is served.
 * Thread-safe.
 */
final class ProvenConnections extends ServerTransportFilter {

    static final Attributes.Key<InboundConnection> FACTS = Attributes.Key.create("io.inmesh.connection");

    private static final Logger LOG = System.getLogger(ProvenConnections.class.getName());

    /** What an Istio peer offers that negotiates HTTP/2; gRPC does not tell what this one did. */
    private static final List<String> OFFERED = List.of("istio-h2", "istio", "h2");

    private final InboundPipeline inbound;
    private final ServerTlsFactory tls;

    ProvenConnections(InboundPipeline inbound, ServerTlsFactory tls) {
        this.inbound = inbound;
        this.tls = tls;
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        try {
            InboundConnection facts = facts(attributes);
            return facts == null
                    ? attributes
                    : attributes.toBuilder().set(FACTS, facts).build();
        } catch (PeerIdentityException | CertificateException | SSLPeerUnverifiedException e) {
            LOG.log(Level.DEBUG, "Connection of {0} refused: {1}", attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR), e);
            return attributes;
        }
    }

    private @Nullable InboundConnection facts(Attributes attributes)
            throws PeerIdentityException, CertificateException, SSLPeerUnverifiedException {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null
                || !(attributes.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR) instanceof InetSocketAddress local)
                || !(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress remote)) {
            return null;
        }
        inbound.covers(local.getPort());
        InboundConnection opening = InboundConnection.tls(local, remote, null, OFFERED);
        Optional<ServerTlsSettings> settings = inbound.tls(opening);
        if (settings.isEmpty()) {
            return null;
        }
        tls.check(
                settings.get(),
                Stream.of(session.getPeerCertificates())
                        .map(X509Certificate.class::cast)
                        .toArray(X509Certificate[]::new));
        return opening.proven(session);
    }
}

package io.inmesh.client.adapter.jetty;

import io.inmesh.client.authz.InboundConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.Connector;

/**
 * A connection while its handshake goes on. At its end the session's peer becomes the connection's, and the negotiated protocol takes
 * over.
 */
final class HandshakingConnection extends AbstractConnection {

    private final Connector connector;
    private final SslEndPoint decrypted;
    private final MeshEndPoint socket;
    private final InboundConnection opening;
    private final OpeningConnection opener;
    private final OpeningFactory factory;

    HandshakingConnection(
            Connector connector,
            SslEndPoint decrypted,
            MeshEndPoint socket,
            InboundConnection opening,
            OpeningConnection opener,
            OpeningFactory factory) {
        super(decrypted, connector.getExecutor());
        this.connector = connector;
        this.decrypted = decrypted;
        this.socket = socket;
        this.opening = opening;
        this.opener = opener;
        this.factory = factory;
    }

    /** The ClientHello has already been read, so that no event of the socket would begin the handshake. */
    @Override
    public void onOpen() {
        super.onOpen();
        onFillable();
    }

    @Override
    public void onFillable() {
        try {
            shakeHands();
        } catch (IOException e) {
            opener.refuse(String.valueOf(e.getMessage()));
        }
    }

    private void shakeHands() throws IOException {
        // Reads nothing of the application's, and does whatever the handshake allows at this moment.
        if (decrypted.fill(ByteBuffer.allocate(0)) < 0) {
            opener.refuse("the peer closed it during the handshake");
            return;
        }
        SSLEngine engine = decrypted.getSslConnection().getSSLEngine();
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            fillInterested();
            return;
        }
        socket.opened(opening.proven(engine.getSession()));
        opener.opened();
        decrypted.upgrade(factory.negotiated(engine.getApplicationProtocol()).newConnection(connector, decrypted));
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        opener.opened();
        super.onFillInterestedFailed(cause);
    }
}

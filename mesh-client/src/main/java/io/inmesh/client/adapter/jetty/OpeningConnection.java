package io.inmesh.client.adapter.jetty;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.FirstBytes;
import io.inmesh.client.pipeline.InboundOpening;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection as long as it is not known what it is: reads its first bytes, asks the mesh, and makes way for TLS or for plaintext, or
 * closes. One thread at a time, as all of Jetty's connections.
 */
final class OpeningConnection extends AbstractConnection implements Connection.UpgradeFrom {

    private static final Logger LOG = System.getLogger(OpeningConnection.class.getName());

    /** More than is looked at, so that what refuses a request in its first line leaves nothing unread, which would reset the connection. */
    private static final int FIRST_READ = 2048;

    private final Connector connector;
    private final MeshEndPoint socket;
    private final OpeningFactory factory;
    private final FirstBytes firstBytes = new FirstBytes();
    private ByteBuffer read = ByteBuffer.allocate(FIRST_READ);
    private @Nullable ByteBuffer handedOn;
    private Scheduler.@Nullable Task limit;

    OpeningConnection(Connector connector, MeshEndPoint socket, OpeningFactory factory) {
        super(socket, connector.getExecutor());
        this.connector = connector;
        this.socket = socket;
        this.factory = factory;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // One byte now and then must not keep a connection in its opening for ever.
        limit = connector.getScheduler().schedule(this::expired, factory.limit().toMillis(), TimeUnit.MILLISECONDS);
        fillInterested();
    }

    /** The connection is open: what it is to become has begun. */
    void opened() {
        if (limit != null) {
            limit.cancel();
        }
    }

    @Override
    public void onFillable() {
        try {
            look();
        } catch (IOException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void look() throws IOException {
        FirstBytes.Kind kind = firstBytes.kind();
        while (kind == FirstBytes.Kind.UNKNOWN) {
            int length = fill();
            if (length == 0) {
                fillInterested();
                return;
            }
            if (length < 0) {
                refuse("the peer closed it before it was known what it is");
                return;
            }
            kind = firstBytes.feed(read.duplicate().flip());
        }
        if (kind == FirstBytes.Kind.REFUSED) {
            refuse(firstBytes.refusal());
        } else {
            open(kind);
        }
    }

    private int fill() throws IOException {
        if (!read.hasRemaining()) {
            int size = Math.min(firstBytes.wanted(), 2 * read.capacity());
            read = ByteBuffer.allocate(size).put(read.flip());
        }
        // Jetty's buffers are in reading mode, and filled behind their limit.
        ByteBuffer free = read.slice(read.position(), read.remaining()).limit(0);
        int length = socket.fill(free);
        read.position(read.position() + Math.max(0, length));
        return length;
    }

    private void open(FirstBytes.Kind kind) {
        InboundConnection opening =
                firstBytes.connection((InetSocketAddress) socket.getLocalSocketAddress(), (InetSocketAddress)
                        socket.getRemoteSocketAddress());
        InboundOpening decision = socket.inbound().open(opening);
        read.flip();
        if (decision instanceof InboundOpening.Tls tls) {
            secure(tls.engine(), opening);
        } else if (decision instanceof InboundOpening.Plaintext) {
            handedOn = read;
            socket.opened(opening);
            opened();
            boolean asHttp2 = kind == FirstBytes.Kind.HTTP2;
            socket.upgrade(factory.plaintext(asHttp2).newConnection(connector, socket));
        } else {
            refuse(decision.toString());
        }
    }

    private void secure(SSLEngine engine, InboundConnection opening) {
        PeekedTls tls = new PeekedTls(connector, socket, engine, read);
        tls.getSslEndPoint()
                .setConnection(
                        new HandshakingConnection(connector, tls.getSslEndPoint(), socket, opening, this, factory));
        socket.upgrade(tls);
    }

    private void expired() {
        refuse("not opened within " + factory.limit());
    }

    void refuse(String reason) {
        opened();
        LOG.log(Level.DEBUG, "Connection of {0} refused: {1}", socket.getRemoteSocketAddress(), reason);
        socket.close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        if (handedOn == null && !socket.isOpen()) {
            opened();
        }
        super.onClose(cause);
    }

    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        return handedOn;
    }
}

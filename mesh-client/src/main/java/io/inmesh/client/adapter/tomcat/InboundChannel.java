package io.inmesh.client.adapter.tomcat;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.FirstBytes;
import io.inmesh.client.pipeline.InboundOpening;
import io.inmesh.client.pipeline.InboundPipeline;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.buf.ByteBufferUtils;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * A channel that becomes TLS or plaintext by its connection's first bytes. TLS is Tomcat's own state machine over an engine that the
 * mesh configured; the connector itself counts as not secure, so that scheme, peer and protocol are this connection's matter
 * (docs/adr/0009). One thread at a time, as all of Tomcat's channels; pooled, so {@link #reset} forgets everything.
 */
final class InboundChannel extends SecureNioChannel {

    private final InboundEndpoint endpoint;
    private FirstBytes firstBytes = new FirstBytes();
    private boolean plaintext;
    private long openedAt;
    private volatile boolean resting;
    private @Nullable InboundConnection connection;
    private @Nullable SSLSupport support;

    InboundChannel(SocketBufferHandler buffers, InboundEndpoint endpoint) {
        super(buffers, endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void reset(SocketChannel channel, NioSocketWrapper wrapper) throws IOException {
        super.reset(channel, wrapper);
        firstBytes = new FirstBytes();
        plaintext = false;
        connection = null;
        support = null;
        resting = false;
        openedAt = endpoint.nanoTime();
        netOutBuffer.position(0).limit(0);
    }

    void rests(boolean now) {
        resting = now;
    }

    boolean rests() {
        return resting;
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        if (handshakeComplete) {
            return 0;
        }
        limitOpening();
        int interest = super.handshake(read, write);
        if (interest == 0) {
            opened();
        }
        return interest;
    }

    /** Tomcat calls this until it returns 0, before anything of TLS happens. */
    @Override
    protected int processSNI() throws IOException {
        FirstBytes.Kind kind = firstBytes.kind();
        while (kind == FirstBytes.Kind.UNKNOWN) {
            if (!netInBuffer.hasRemaining() || netInBuffer.position() == firstBytes.wanted()) {
                netInBuffer = ByteBufferUtils.expand(netInBuffer, firstBytes.wanted());
            }
            netInBuffer.limit(Math.min(netInBuffer.capacity(), firstBytes.wanted()));
            int length = sc.read(netInBuffer);
            netInBuffer.limit(netInBuffer.capacity());
            if (length <= 0) {
                return length < 0 ? -1 : SelectionKey.OP_READ;
            }
            kind = firstBytes.feed(netInBuffer.duplicate().flip());
        }
        if (kind == FirstBytes.Kind.REFUSED) {
            throw new IOException("Refused at its first bytes: " + firstBytes.refusal());
        }
        InboundConnection opening = firstBytes.connection(
                (InetSocketAddress) sc.getLocalAddress(), (InetSocketAddress) sc.getRemoteAddress());
        connection = opening;
        InboundOpening decision = pipeline().open(opening);
        if (decision instanceof InboundOpening.Tls tls) {
            startTls(tls.engine());
        } else if (decision instanceof InboundOpening.Plaintext) {
            startPlaintext();
        } else {
            throw new IOException("Refused at its first bytes: " + decision);
        }
        return 0;
    }

    private void startPlaintext() {
        plaintext = true;
        netInBuffer.flip();
        handshakeComplete = true;
    }

    private void startTls(SSLEngine engine) throws IOException {
        sslEngine = engine;
        SSLSession session = engine.getSession();
        getBufHandler().expand(session.getApplicationBufferSize());
        netInBuffer = ByteBufferUtils.expand(netInBuffer, session.getPacketBufferSize());
        netOutBuffer = ByteBufferUtils.expand(netOutBuffer, session.getPacketBufferSize());
        netOutBuffer.position(0).limit(0);
        engine.beginHandshake();
        handshakeStatus = engine.getHandshakeStatus();
    }

    private void opened() throws IOException {
        InboundConnection opening = connection;
        if (opening == null) {
            throw new IOException("A handshake that never began");
        }
        if (plaintext) {
            support = new PlaintextSupport(opening);
        } else {
            SSLSession session = sslEngine.getSession();
            support = new MutualTlsSupport(session, opening.proven(session));
            String protocol = sslEngine.getApplicationProtocol();
            if (protocol != null && !protocol.isEmpty()) {
                socketWrapper.setNegotiatedProtocol(protocol);
            }
        }
        socketWrapper.setReadTimeout(endpoint.getConnectionTimeout());
        socketWrapper.setWriteTimeout(endpoint.getConnectionTimeout());
    }

    /** One byte now and then must not keep a connection in its opening for ever. */
    private void limitOpening() throws IOException {
        long left = endpoint.openingLimit().toNanos() - (endpoint.nanoTime() - openedAt);
        if (left <= 0) {
            throw new IOException("Not opened within " + endpoint.openingLimit());
        }
        long millis = Math.max(1, left / 1_000_000);
        socketWrapper.setReadTimeout(millis);
        socketWrapper.setWriteTimeout(millis);
    }

    private InboundPipeline pipeline() throws IOException {
        InboundPipeline pipeline = endpoint.pipeline();
        if (pipeline == null) {
            throw new IOException("The mesh's inbound side is not attached");
        }
        return pipeline;
    }

    @Override
    public @Nullable SSLSupport getSSLSupport() {
        return support;
    }

    /** The peer's identity is that of the first handshake; there is no second one. */
    @Override
    public void rehandshake(long timeout) throws IOException {
        throw new IOException("A connection of the mesh is never renegotiated");
    }

    @Override
    protected SSLEngineResult handshakeWrap(boolean write) throws IOException {
        refuseRenegotiation();
        return super.handshakeWrap(write);
    }

    private void refuseRenegotiation() throws IOException {
        boolean again = handshakeComplete
                && sslEngine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                && !sslEngine.isInboundDone()
                && "TLSv1.2".equals(sslEngine.getSession().getProtocol());
        if (again) {
            throw new IOException("The peer began a renegotiation");
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!plaintext) {
            int length = super.read(target);
            refuseRenegotiationAfter(length);
            return length;
        }
        if (closing || closed) {
            return -1;
        }
        return netInBuffer.hasRemaining() ? takePeeked(target) : sc.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        if (!plaintext) {
            long count = super.read(targets, offset, length);
            refuseRenegotiationAfter(count);
            return count;
        }
        if (closing || closed) {
            return -1;
        }
        long peeked = 0;
        for (int i = offset; i < offset + length && netInBuffer.hasRemaining(); i++) {
            peeked += takePeeked(targets[i]);
        }
        return peeked > 0 ? peeked : sc.read(targets, offset, length);
    }

    private void refuseRenegotiationAfter(long length) throws IOException {
        if (length >= 0 && sslEngine != null) {
            refuseRenegotiation();
        }
    }

    private int takePeeked(ByteBuffer target) {
        int length = Math.min(target.remaining(), netInBuffer.remaining());
        target.put(netInBuffer.slice(netInBuffer.position(), length));
        netInBuffer.position(netInBuffer.position() + length);
        return length;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!plaintext) {
            return super.write(source);
        }
        checkInterruptStatus();
        return sc.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        if (!plaintext) {
            return super.write(sources, offset, length);
        }
        checkInterruptStatus();
        return sc.write(sources, offset, length);
    }
}

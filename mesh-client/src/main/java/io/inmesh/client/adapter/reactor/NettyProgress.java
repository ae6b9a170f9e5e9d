package io.inmesh.client.adapter.reactor;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.AttemptProgress;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** How far one attempt has come. Written by its event loop, read by anybody. */
final class NettyProgress implements AttemptProgress {

    private final MeshClock clock;
    private final boolean http2;
    private volatile long connected = NOT_YET;
    private volatile long tlsStarted = NOT_YET;
    private volatile long tlsEnded = NOT_YET;
    private volatile long firstByte = NOT_YET;
    private volatile long responseBytes;
    private volatile @Nullable Channel channel;

    NettyProgress(MeshClock clock, boolean http2) {
        this.clock = clock;
        this.http2 = http2;
    }

    void connected(Channel used, boolean opened) {
        channel = used;
        connected = clock.nanoTime();
        long[] handshake = used.attr(HandshakeGate.TIMES).get();
        if (opened && handshake != null) {
            tlsStarted = handshake[0];
            tlsEnded = handshake[1];
        }
    }

    void answered() {
        firstByte = clock.nanoTime();
    }

    /** By one thread at a time. */
    void read(long bytes) {
        long before = responseBytes;
        responseBytes = before + bytes;
    }

    /** The whole connection is gone, not this attempt's stream alone. */
    boolean connectionLost() {
        Channel used = channel;
        return used == null || !used.isActive();
    }

    @Override
    public long tlsStarted() {
        return tlsStarted;
    }

    @Override
    public long tlsEnded() {
        return tlsEnded;
    }

    @Override
    public long connected() {
        return connected;
    }

    @Override
    public long firstByte() {
        return firstByte;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public String protocol() {
        return channel == null ? "" : http2 ? "HTTP/2" : "HTTP/1.1";
    }

    @Override
    public String localAddress() {
        Channel used = channel;
        return used != null && used.localAddress() instanceof InetSocketAddress local
                ? local.getAddress().getHostAddress() + ":" + local.getPort()
                : "";
    }
}

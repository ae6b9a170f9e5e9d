package io.inmesh.client.adapter.reactor;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.security.ClientTls;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AttributeKey;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Lets nobody know of a connection before its handshake is over and its peer is the one that the cluster may have, so that no byte of a
 * request goes to another. One for each connection.
 */
final class HandshakeGate extends ChannelDuplexHandler {

    /** When the handshake of a connection began and ended, in nanoseconds of the clock. */
    static final AttributeKey<long[]> TIMES = AttributeKey.valueOf(HandshakeGate.class, "times");

    private final SslHandler handler;
    private final ClientTls tls;
    private final boolean http2;
    private final MeshClock clock;
    private long began;
    private boolean over;

    HandshakeGate(SslHandler handler, ClientTls tls, boolean http2, MeshClock clock) {
        this.handler = handler;
        this.tls = tls;
        this.http2 = http2;
        this.clock = clock;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        began = clock.nanoTime();
        // Reactor Netty reads only what somebody asks for.
        context.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!over) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
            return;
        }
        over = true;
        try {
            if (!handshake.isSuccess()) {
                throw new SSLException(handshake.cause());
            }
            tls.requirePeer(handler.engine().getSession());
            requireProtocol();
            context.channel().attr(TIMES).set(new long[] {began, clock.nanoTime()});
            context.fireChannelActive();
        } catch (SSLPeerUnverifiedException e) {
            refuse(context, e);
        } catch (SSLException e) {
            refuse(context, e.getCause() == null ? e : e.getCause());
        }
    }

    private void requireProtocol() throws SSLException {
        String agreed = handler.applicationProtocol();
        if (http2 && agreed != null && !agreed.isEmpty() && !agreed.equals("h2")) {
            throw new SSLException("The cluster speaks HTTP/2, but the endpoint chose " + agreed);
        }
    }

    private static void refuse(ChannelHandlerContext context, Throwable why) {
        context.fireExceptionCaught(why);
        var unused = context.close();
    }
}

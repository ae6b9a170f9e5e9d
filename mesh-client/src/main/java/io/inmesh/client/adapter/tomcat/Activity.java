package io.inmesh.client.adapter.tomcat;

import java.util.EnumSet;
import java.util.Set;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's own handler, watched: a connection rests between the last byte of an answer and the first of the next request. One that has
 * been accepted and has not asked for anything yet does not rest, for it is about to. Thread-safe.
 */
final class Activity implements AbstractEndpoint.Handler<NioChannel> {

    // Streams of HTTP/2 have threads of their own, and its connections end by GOAWAY.
    private static final Set<SocketState> RESTING =
            EnumSet.of(SocketState.OPEN, SocketState.UPGRADED, SocketState.ASYNC_IO);

    private final AbstractEndpoint.Handler<NioChannel> tomcats;

    Activity(AbstractEndpoint.Handler<NioChannel> tomcats) {
        this.tomcats = tomcats;
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        rests(connection, false);
        SocketState state = tomcats.process(connection, event);
        rests(connection, RESTING.contains(state));
        return state;
    }

    private static void rests(SocketWrapperBase<NioChannel> connection, boolean rests) {
        if (connection.getSocket() instanceof InboundChannel channel) {
            channel.rests(rests);
        }
    }

    @Override
    public Object getGlobal() {
        return tomcats.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> connection) {
        tomcats.release(connection);
    }

    @Override
    public void pause() {
        tomcats.pause();
    }

    @Override
    public void recycle() {
        tomcats.recycle();
    }
}

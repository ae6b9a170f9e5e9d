package io.inmesh.client.adapter.jetty;

import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundPipeline;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * One connection's socket, and what is known of the connection: whatever Jetty puts on top of it - TLS, HTTP/1.1, an upgrade to HTTP/2 -
 * leads back to it. As thread-safe as Jetty's.
 */
final class MeshEndPoint extends SocketChannelEndPoint {

    private final InboundPipeline inbound;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean asked;
    private volatile @Nullable InboundConnection facts;

    MeshEndPoint(
            SocketChannel channel,
            ManagedSelector selector,
            SelectionKey key,
            Scheduler scheduler,
            InboundPipeline inbound) {
        super(channel, selector, key, scheduler);
        this.inbound = inbound;
    }

    InboundPipeline inbound() {
        return inbound;
    }

    /** Null until the connection is open, which is after its handshake if it has one. */
    @Nullable
    InboundConnection facts() {
        return facts;
    }

    void opened(InboundConnection proven) {
        facts = proven;
    }

    void requestBegins() {
        underWay.incrementAndGet();
        asked = true;
    }

    void requestEnded() {
        underWay.decrementAndGet();
    }

    /** Whether nobody waits for an answer; who has not asked for anything yet is about to. */
    boolean rests() {
        return asked && underWay.get() == 0;
    }

    /** The socket below a request; null if it is not the mesh's. */
    static @Nullable MeshEndPoint of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint instanceof MeshEndPoint ours ? ours : null;
    }
}

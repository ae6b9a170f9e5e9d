package io.inmesh.client.adapter.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;

/** Jetty's TLS, which reads the bytes that were looked at before any from the socket; there may be more than its buffer holds. */
final class PeekedTls extends SslConnection {

    private final ByteBuffer peeked;

    PeekedTls(Connector connector, EndPoint socket, SSLEngine engine, ByteBuffer peeked) {
        super(connector.getByteBufferPool(), connector.getExecutor(), null, socket, engine);
        this.peeked = peeked;
        // The peer's identity is that of the first handshake; there is no second one.
        setRenegotiationAllowed(false);
    }

    @Override
    protected int networkFill(ByteBuffer input) throws IOException {
        if (!peeked.hasRemaining()) {
            return super.networkFill(input);
        }
        int end = input.limit();
        int length = Math.min(peeked.remaining(), input.capacity() - end);
        input.limit(end + length);
        input.put(end, peeked, peeked.position(), length);
        peeked.position(peeked.position() + length);
        return length;
    }
}

package io.inmesh.client.adapter.jetty;

import java.time.Duration;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** Begins every connection of a connector with a look at its first bytes. Thread-safe. */
final class OpeningFactory extends AbstractConnectionFactory {

    private final HttpConnectionFactory http1;
    private final HTTP2ServerConnectionFactory http2;
    private final HTTP2ServerConnectionFactory cleartextHttp2;
    private volatile Duration limit = Duration.ofSeconds(10);

    OpeningFactory(
            HttpConnectionFactory http1,
            HTTP2ServerConnectionFactory http2,
            HTTP2ServerConnectionFactory cleartextHttp2) {
        super("mesh");
        this.http1 = http1;
        this.http2 = http2;
        this.cleartextHttp2 = cleartextHttp2;
    }

    void limit(Duration longest) {
        limit = longest;
    }

    Duration limit() {
        return limit;
    }

    /** What speaks a protocol that ALPN negotiated. */
    ConnectionFactory negotiated(String protocol) {
        return "h2".equals(protocol) ? http2 : http1;
    }

    /** What speaks plaintext. */
    ConnectionFactory plaintext(boolean asHttp2) {
        return asHttp2 ? cleartextHttp2 : http1;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return new OpeningConnection(connector, (MeshEndPoint) endPoint, this);
    }
}

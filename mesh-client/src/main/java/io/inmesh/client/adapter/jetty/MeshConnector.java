package io.inmesh.client.adapter.jetty;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.pipeline.InboundPipeline;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Jetty's connector with mutual TLS and plaintext on one port and HTTP/2 on either. What a connection may be is decided by the mesh's
 * configuration; what a request may, by the {@link MeshHandler} before all other handlers, without which the connector does not start.
 */
public final class MeshConnector extends ServerConnector {

    private final InboundPipeline inbound;
    private final HttpConfiguration http;
    private final OpeningFactory opening;

    /**
     * A connector of a server.
     *
     * @param settings apply to all of its protocols, but for rules about paths: the mesh's come first and are stricter
     */
    MeshConnector(Server server, InboundPipeline inbound, HttpConfiguration settings) {
        super(server);
        this.inbound = inbound;
        // A copy: on another connector the same settings would be without any rules about paths.
        this.http = new HttpConfiguration(settings);
        http.setUriCompliance(UriCompliance.UNSAFE);
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        HTTP2CServerConnectionFactory cleartext = new HTTP2CServerConnectionFactory(http);
        opening = new OpeningFactory(http1, http2, cleartext);
        clearConnectionFactories();
        addConnectionFactory(opening);
        addConnectionFactory(http1);
        addConnectionFactory(http2);
        addConnectionFactory(cleartext);
        setDefaultProtocol(opening.getProtocol());
    }

    /** Of all protocols on this port. */
    public HttpConfiguration httpConfiguration() {
        return http;
    }

    /** How long a connection may take from its accept to the end of its handshake, or to its first bytes of plaintext; 10 seconds. */
    public void limitOpening(Duration limit) {
        opening.limit(limit);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        MeshEndPoint endPoint = new MeshEndPoint(channel, selector, key, getScheduler(), inbound);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void doStart() throws Exception {
        if (!judged(getServer())) {
            throw new MeshConfigurationException("The Jetty server of port " + getPort()
                    + " has a handler before the mesh's, or the mesh's is gone: set handlers first,"
                    + " then call MeshJetty.connector");
        }
        super.doStart();
        inbound.covers(getLocalPort());
    }

    /** Handlers that pass everything on to one other may stand before the mesh's, such as one that counts for a graceful stop. */
    private static boolean judged(Handler.Singleton outermost) {
        Handler next = outermost.getHandler();
        while (next instanceof Handler.Singleton singleton && !(next instanceof MeshHandler)) {
            next = singleton.getHandler();
        }
        return next instanceof MeshHandler;
    }
}

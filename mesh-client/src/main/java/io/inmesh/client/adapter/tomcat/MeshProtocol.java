package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.InboundPipeline;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 connector with mutual TLS and plaintext on one port, HTTP/2 on either, and the mesh's judgement before every
 * request. What a connection may be is decided by the mesh's configuration, never by the connector's: it must not have TLS settings
 * of its own. A container makes it by class name; {@link MeshTomcat#attach} then gives it its inbound side, without which it does not
 * start.
 */
public final class MeshProtocol extends Http11NioProtocol {

    private static final String HTTP2 = "h2";
    private static final String HTTP2_CLEARTEXT = "h2c";

    /** For containers that name the protocol's class. */
    public MeshProtocol() {
        super(new InboundEndpoint());
        getEndpoint().setHandler(new Activity(getEndpoint().getHandler()));
    }

    /** Where requests and connections are judged; before the start, once. */
    void attach(InboundPipeline inbound) {
        endpoint().attach(inbound);
    }

    /**
     * How long a connection may take from its accept to the end of its handshake, or to its first bytes of plaintext. A connection
     * that never sends a byte is closed after the connector's {@code connectionTimeout}.
     */
    public void limitOpening(Duration limit, MeshClock clock) {
        endpoint().limitOpening(limit, clock);
    }

    /** Connections that wait for an answer, or were accepted and are about to ask. */
    int busyConnections() {
        return (int) endpoint().getConnections().stream()
                .filter(connection -> !(connection.getSocket() instanceof InboundChannel channel && channel.rests()))
                .count();
    }

    @Override
    public void init() throws Exception {
        if (endpoint().pipeline() == null) {
            throw new MeshConfigurationException("The connector on port " + getPort()
                    + " has the mesh's protocol but was not given the mesh's inbound side: call MeshTomcat.attach");
        }
        if (isSSLEnabled()) {
            throw new MeshConfigurationException("The connector on port " + getPort()
                    + " has TLS settings of its own (server.ssl.*). The mesh does its TLS; remove them");
        }
        boolean hasHttp2 = false;
        for (UpgradeProtocol upgrade : findUpgradeProtocols()) {
            if (upgrade instanceof Http2Protocol http2) {
                hasHttp2 = true;
                http2.setAllowSchemeMismatch(true);
            }
        }
        if (!hasHttp2) {
            Http2Protocol http2 = new Http2Protocol();
            // Istio's peers send `:scheme: http` inside mutual TLS.
            http2.setAllowSchemeMismatch(true);
            addUpgradeProtocol(http2);
        }
        super.init();
    }

    @Override
    public void start() throws Exception {
        super.start();
        InboundPipeline inbound = endpoint().pipeline();
        if (inbound != null) {
            inbound.covers(getLocalPort());
        }
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new InboundAdapter(adapter, () -> endpoint().pipeline()));
    }

    /** Tomcat keeps negotiated protocols for connectors with TLS of their own only. */
    @Override
    public @Nullable UpgradeProtocol getNegotiatedProtocol(String name) {
        return HTTP2.equals(name) ? getUpgradeProtocol(HTTP2_CLEARTEXT) : null;
    }

    @Override
    public @Nullable UpgradeProtocol getUpgradeProtocol(String name) {
        UpgradeProtocol upgrade = super.getUpgradeProtocol(name);
        return upgrade == null || !name.equals(HTTP2_CLEARTEXT) ? upgrade : new MeshedUpgrade(upgrade);
    }

    @Override
    protected Processor createUpgradeProcessor(SocketWrapperBase<?> socket, UpgradeToken token) {
        Processor processor = super.createUpgradeProcessor(socket, token);
        processor.setSslSupport(socket.getSslSupport());
        return processor;
    }

    private InboundEndpoint endpoint() {
        return (InboundEndpoint) getEndpoint();
    }
}

package io.inmesh.client.adapter.tomcat;

import io.inmesh.client.authz.InboundConnection;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.tomcat.util.net.jsse.JSSESupport;

/** A mutual TLS connection: servlets find its certificates where they are used to. */
final class MutualTlsSupport extends JSSESupport implements MeshedConnection {

    private final InboundConnection connection;

    MutualTlsSupport(SSLSession session, InboundConnection connection) {
        super(session, Map.of());
        this.connection = connection;
    }

    @Override
    public InboundConnection connection() {
        return connection;
    }
}

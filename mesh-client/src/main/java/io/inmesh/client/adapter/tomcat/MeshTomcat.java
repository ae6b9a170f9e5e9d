package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.client.pipeline.InboundPipeline;
import org.apache.catalina.connector.Connector;

/**
 * Puts an embedded Tomcat behind the mesh.
 *
 * <pre>{@code
 * tomcat.setConnector(MeshTomcat.connector(8080, inbound));
 * }</pre>
 *
 * <p>A container that makes its connectors by itself, such as Spring Boot, is given {@link MeshProtocol}'s class name and then
 * {@link #attach}.
 */
public final class MeshTomcat {

    /** What a container has to name as its connector's protocol. */
    public static final String PROTOCOL = MeshProtocol.class.getName();

    private MeshTomcat() {}

    /**
     * A connector of the mesh.
     *
     * @param port 0 for any
     */
    public static Connector connector(int port, InboundPipeline inbound) {
        Connector connector = new Connector(new MeshProtocol());
        connector.setPort(port);
        attach(connector, inbound);
        return connector;
    }

    /**
     * Gives a connector its inbound side, before it starts.
     *
     * @throws MeshConfigurationException if its protocol is not {@link #PROTOCOL}
     */
    public static void attach(Connector connector, InboundPipeline inbound) {
        if (!(connector.getProtocolHandler() instanceof MeshProtocol protocol)) {
            throw new MeshConfigurationException("The connector on port " + connector.getPort() + " has the protocol "
                    + connector.getProtocolHandlerClassName() + ", which the mesh cannot protect; it must be "
                    + PROTOCOL);
        }
        protocol.attach(inbound);
    }

    /**
     * A server that is about to stop: every answer of HTTP/1.1 from now on is the last one of its connection, so that callers go elsewhere.
     */
    public static void lastAnswers(Connector connector) {
        if (connector.getProtocolHandler() instanceof MeshProtocol protocol) {
            protocol.setMaxKeepAliveRequests(1);
        }
    }

    /**
     * Closes the port of a server that is about to stop; connections that were accepted go on.
     *
     * @return how many of them still want an answer; to be asked until none is left, or patience is
     */
    public static int acceptNoMore(Connector connector) {
        if (!(connector.getProtocolHandler() instanceof MeshProtocol protocol)) {
            return 0;
        }
        protocol.closeServerSocketGraceful();
        return protocol.busyConnections();
    }
}

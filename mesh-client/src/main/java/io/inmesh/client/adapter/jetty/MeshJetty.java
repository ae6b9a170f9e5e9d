package io.inmesh.client.adapter.jetty;

import io.inmesh.client.pipeline.InboundPipeline;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;

/**
 * Puts a Jetty server behind the mesh. Needs {@code jetty-http2-server} besides {@code jetty-server}.
 *
 * <pre>{@code
 * server.setHandler(application);
 * server.addConnector(MeshJetty.connector(server, 8080, inbound));
 * }</pre>
 */
public final class MeshJetty {

    private MeshJetty() {}

    /**
     * A connector of the mesh for a server that has its handlers and is not started yet; the mesh's handler is put before them. Requests
     * that reach the server by other connectors are refused from then on, because nothing is known of who sends them.
     *
     * @param port 0 for any
     */
    public static MeshConnector connector(Server server, int port, InboundPipeline inbound) {
        return connector(server, port, inbound, new HttpConfiguration());
    }

    /** As {@link #connector(Server, int, InboundPipeline)}, with limits and headers of the application's choice. */
    public static MeshConnector connector(Server server, int port, InboundPipeline inbound, HttpConfiguration http) {
        if (server.getDescendant(MeshHandler.class) == null) {
            server.insertHandler(new MeshHandler());
        }
        MeshConnector connector = new MeshConnector(server, inbound, http);
        connector.setPort(port);
        return connector;
    }

    /**
     * A server that is about to stop: every answer of HTTP/1.1 from now on is the last one of its connection, so that callers go elsewhere.
     */
    public static void lastAnswers(MeshConnector connector) {
        connector.httpConfiguration().setPersistentConnectionsEnabled(false);
    }

    /**
     * Closes the port of a server that is about to stop; connections that were accepted go on.
     *
     * @return how many of them still want an answer; to be asked until none is left, or patience is
     */
    public static int acceptNoMore(MeshConnector connector) {
        connector.close();
        return (int) connector.getConnectedEndPoints().stream()
                .filter(endPoint -> !(endPoint instanceof MeshEndPoint ours && ours.rests()))
                .count();
    }
}

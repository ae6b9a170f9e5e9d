package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.adapter.jetty.MeshConnector;
import io.inmesh.client.adapter.jetty.MeshJetty;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** An embedded Jetty. */
final class JettySide extends OurSide {

    private final Server jetty = new Server();
    private final MeshConnector connector;

    JettySide(WorkloadIdentity identity) {
        super("jetty", identity);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new ApplicationServlet()), "/*");
        jetty.setHandler(context);
        connector = MeshJetty.connector(jetty, 0, pipeline());
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.inmesh.client.server;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.adapter.jetty.MeshConnector;
import io.inmesh.client.adapter.jetty.MeshJetty;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** An embedded Jetty with a servlet. */
public final class JettyServer extends MeshedServer {

    private final Server jetty = new Server();
    private final MeshConnector connector;

    public JettyServer(WorkloadIdentity identity, Consumer<MeshConnector> settings) {
        super(identity);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder(new EchoServlet(this));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        jetty.setHandler(context);
        connector = MeshJetty.connector(jetty, 0, pipeline());
        connector.setHost("127.0.0.1");
        settings.accept(connector);
        jetty.addConnector(connector);
        call(jetty::start);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    public MeshConnector connector() {
        return connector;
    }

    public Server jetty() {
        return jetty;
    }

    @Override
    public void close() {
        call(jetty::stop);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void call(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.inmesh.client.server;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.adapter.tomcat.MeshProtocol;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat. */
public final class TomcatServer extends MeshedServer {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    public TomcatServer(WorkloadIdentity identity, Consumer<MeshProtocol> settings) {
        super(identity);
        connector = MeshTomcat.connector(0, pipeline());
        connector.setProperty("address", "127.0.0.1");
        settings.accept((MeshProtocol) connector.getProtocolHandler());
        Path folder = folder();
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Wrapper servlet = Tomcat.addServlet(context, "echo", new EchoServlet(this));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "echo");
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    public Connector connector() {
        return connector;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("inmesh-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

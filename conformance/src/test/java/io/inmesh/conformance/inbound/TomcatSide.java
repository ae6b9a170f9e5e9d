package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat. */
final class TomcatSide extends OurSide {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    TomcatSide(WorkloadIdentity identity) {
        super("tomcat", identity);
        connector = MeshTomcat.connector(0, pipeline());
        connector.setProperty("address", "127.0.0.1");
        try {
            Path folder = Files.createTempDirectory("inmesh-tomcat");
            tomcat.setBaseDir(folder.toString());
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", folder.toString());
            Tomcat.addServlet(context, "app", new ApplicationServlet());
            context.addServletMappingDecoded("/*", "app");
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
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
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}

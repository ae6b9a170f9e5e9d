package io.inmesh.test;

import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.client.pipeline.InboundPipeline;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat behind the mesh that answers and counts. */
final class SoakServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();
    private final AtomicInteger requests = new AtomicInteger();

    SoakServer(int port, InboundPipeline inbound) throws IOException, LifecycleException {
        Connector connector = MeshTomcat.connector(port, inbound);
        connector.setProperty("address", "127.0.0.1");
        Path folder = Files.createTempDirectory("inmesh-soak");
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "count", new Counting());
        context.addServletMappingDecoded("/*", "count");
        tomcat.start();
    }

    /** Free a moment ago; the configuration has to name the port before the server has it. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class Counting extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            requests.incrementAndGet();
            response.setContentType("text/plain");
            response.getWriter().write("answered");
        }
    }
}

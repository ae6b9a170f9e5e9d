package io.inmesh.conformance.inbound;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.xds.model.listener.Listener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Our side: an embedded Tomcat behind the mesh, whose listener can be another one at any time. */
final class TomcatSide implements AutoCloseable {

    private final InboundHolder holder = new InboundHolder();
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    TomcatSide(WorkloadIdentity identity) {
        IgnoredServerName.require();
        IdentityHolder identities = new IdentityHolder();
        identities.publish(identity);
        InboundPipeline pipeline =
                new InboundPipeline(holder, new ServerTlsFactory(identities)::engine, null, MeshClock.system());
        connector = MeshTomcat.connector(0, pipeline);
        connector.setProperty("address", "127.0.0.1");
        try {
            Path folder = Files.createTempDirectory("inmesh-tomcat");
            tomcat.setBaseDir(folder.toString());
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", folder.toString());
            Tomcat.addServlet(context, "app", new App());
            context.addServletMappingDecoded("/*", "app");
            tomcat.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Takes effect with the next connection; returns what is not honoured. */
    List<String> publish(Listener listener) {
        InboundCompiler.Result result = InboundCompiler.compile(List.of(listener), MeshClock.system(), KeySources.NONE);
        holder.publish(result.snapshot());
        return result.unsupported();
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

    private static final class App extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Map<String, List<String>> headers = new HashMap<>();
            for (String name : Collections.list(request.getHeaderNames())) {
                headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
            }
            String query = request.getQueryString();
            String target = request.getRequestURI() + (query == null ? "" : "?" + query);
            byte[] body = Application.tell(target, headers).getBytes(StandardCharsets.UTF_8);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}

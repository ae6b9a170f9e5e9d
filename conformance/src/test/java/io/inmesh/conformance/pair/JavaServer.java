package io.inmesh.conformance.pair;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.conformance.config.Adjustments;
import io.inmesh.conformance.config.Captures;
import io.inmesh.conformance.config.DiscoveryFiles;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** Our Tomcat connector, with what istiod sent httpbin. */
public final class JavaServer implements PairServer {

    private final Mesh mesh;
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    /**
     * Waits until it is ready.
     *
     * @param folder empty; for its files
     */
    public JavaServer(Pairing.Mode mode, WorkloadIdentity identity, Path folder) {
        IgnoredServerName.require();
        String capture = "httpbin-server-" + mode.name().toLowerCase(Locale.ROOT);
        mesh = Mesh.builder()
                .files(DiscoveryFiles.write(Adjustments.inbound(Captures.read(capture), 8080), folder.resolve("xds")))
                .identity(new FixedIdentity(identity))
                .build();
        try {
            mesh.awaitReady(Duration.ofSeconds(10));
            connector = MeshTomcat.connector(0, mesh.inbound());
            connector.setProperty("address", "127.0.0.1");
            tomcat.setBaseDir(folder.toString());
            tomcat.setConnector(connector);
            Context context = tomcat.addContext("", folder.toString());
            Tomcat.addServlet(context, "seen", new Echo());
            context.addServletMappingDecoded("/*", "seen");
            tomcat.start();
        } catch (MeshNotReadyException | LifecycleException e) {
            throw new IllegalStateException(mesh.state().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
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
        mesh.close();
    }

    /** Says what it saw of a request. */
    private static final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("x-proto", request.getProtocol().replace("HTTP/2.0", "HTTP/2"));
            response.setHeader("x-peer", peer(request));
            response.setHeader("x-forwarded", Seen.orDash(request.getHeader("x-forwarded-client-cert")));
            response.getWriter().write("ok");
        }

        private static String peer(HttpServletRequest request) {
            Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
            return chain == null ? "-" : uri(((X509Certificate[]) chain)[0]);
        }

        private static String uri(X509Certificate certificate) {
            try {
                @Nullable
                List<?> first = Objects.requireNonNull(certificate.getSubjectAlternativeNames())
                        .iterator()
                        .next();
                return String.valueOf(Objects.requireNonNull(first).get(1));
            } catch (CertificateParsingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

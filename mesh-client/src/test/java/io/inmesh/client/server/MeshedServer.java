package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.IgnoredServerName;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.client.testing.RecordedCalls;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat behind the mesh with an application that counts its requests and says what it sees of each. */
final class MeshedServer implements AutoCloseable {

    final InboundHolder holder = new InboundHolder();
    final IdentityHolder identities = new IdentityHolder();
    final AtomicInteger requests = new AtomicInteger();
    final CountDownLatch released = new CountDownLatch(1);
    final RecordedCalls calls = new RecordedCalls();
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    MeshedServer(WorkloadIdentity identity) {
        this(identity, protocol -> {});
    }

    MeshedServer(WorkloadIdentity identity, Consumer<MeshProtocol> settings) {
        IgnoredServerName.require();
        identities.publish(identity);
        InboundPipeline pipeline =
                new InboundPipeline(holder, new ServerTlsFactory(identities)::engine, calls, MeshClock.system());
        connector = MeshTomcat.connector(0, pipeline);
        connector.setProperty("address", "127.0.0.1");
        settings.accept((MeshProtocol) connector.getProtocolHandler());
        tomcat.setBaseDir(folder().toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder().toString());
        Wrapper servlet = Tomcat.addServlet(context, "echo", new Echo());
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "echo");
        start();
    }

    /** Publishes what the mode's listener for this server's port compiles to. */
    MeshedServer with(IntFunction<InboundSnapshot> listener) {
        holder.publish(listener.apply(port()));
        return this;
    }

    int port() {
        return connector.getLocalPort();
    }

    Connector connector() {
        return connector;
    }

    private void start() {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
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

    private final class Echo extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            requests.incrementAndGet();
            if (request.getRequestURI().startsWith("/hold")) {
                hold();
            }
            if (request.getRequestURI().startsWith("/async")) {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    answer((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
                    async.complete();
                });
            } else {
                byte[] body = request.getInputStream().readAllBytes();
                response.setHeader("x-body", String.valueOf(body.length));
                answer(request, response);
            }
        }

        private void hold() {
            try {
                if (!released.await(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody released the request");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void answer(HttpServletRequest request, HttpServletResponse response) {
            byte[] text = seen(request).getBytes(StandardCharsets.UTF_8);
            try {
                response.setContentLength(text.length);
                response.getOutputStream().write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String seen(HttpServletRequest request) {
            StringBuilder seen = new StringBuilder("served\n");
            seen.append("protocol=").append(request.getProtocol()).append('\n');
            seen.append("scheme=").append(request.getScheme()).append('\n');
            seen.append("secure=").append(request.isSecure()).append('\n');
            seen.append("peer=").append(peer(request)).append('\n');
            seen.append("uri=").append(request.getRequestURI()).append('\n');
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            seen.append("dispatched=")
                    .append(URLEncoder.encode(path, StandardCharsets.UTF_8))
                    .append('\n');
            for (String name : Collections.list(request.getHeaderNames())) {
                seen.append(name).append(": ").append(String.join("|", Collections.list(request.getHeaders(name))));
                seen.append('\n');
            }
            return seen.toString();
        }

        private static String peer(HttpServletRequest request) {
            Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
            if (chain == null) {
                return "none";
            }
            try {
                return String.valueOf(((X509Certificate[]) chain)[0].getSubjectAlternativeNames());
            } catch (CertificateParsingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package io.inmesh.client.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collections;

/** Says what a servlet sees of a request. */
final class EchoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // nobody serialises a servlet of these tests
    private final MeshedServer server;

    EchoServlet(MeshedServer server) {
        this.server = server;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        server.requests.incrementAndGet();
        if (request.getRequestURI().startsWith("/hold")) {
            server.hold();
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

    private static void answer(HttpServletRequest request, HttpServletResponse response) {
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

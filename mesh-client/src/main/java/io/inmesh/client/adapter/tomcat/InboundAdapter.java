package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundCall;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundHeaders;
import io.inmesh.client.pipeline.InboundPipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Judges every request before Tomcat maps it to anything: contexts, valves, filters and error pages are behind it. Thread-safe.
 */
final class InboundAdapter implements Adapter {

    /** Where a request keeps its call; Catalina's own note is the first. */
    private static final int CALL = 29;

    /** Until when its caller waits, for the threads that go on with it later. */
    private static final int DEADLINE = 28;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Adapter behind;
    private final Supplier<@Nullable InboundPipeline> inbound;

    InboundAdapter(Adapter behind, Supplier<@Nullable InboundPipeline> inbound) {
        this.behind = behind;
        this.inbound = inbound;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        InboundConnection connection = connection(request);
        InboundPipeline pipeline = inbound.get();
        if (connection == null || pipeline == null) {
            close(response, "a request on a connection that the mesh does not know");
            return;
        }
        if (response.isError() || request.requestURI().isNull()) {
            // Tomcat could not read it, and comes here for an error page; whatever stands in the request is half
            // parsed.
            reply(response, unreadable(response.getStatus()));
            return;
        }
        CoyoteRequestHead head = new CoyoteRequestHead(request, connection.tls());
        InboundCall call = pipeline.call(connection, head);
        InboundDecision decision = call.decision();
        if (decision instanceof InboundDecision.Proceed proceed) {
            // Before the headers that say so are taken away, as Envoy takes them away.
            Deadline.Scope scope = pipeline.deadline(head);
            try (scope) {
                request.setNote(DEADLINE, Deadline.current());
                rewrite(request, connection, proceed);
                request.setNote(CALL, call);
                behind.service(request, response);
            } finally {
                endUnlessAsynchronous(request, response);
            }
        } else if (decision instanceof InboundDecision.Reply denied) {
            reply(response, denied.reply());
            call.replied(denied.reply());
        } else {
            close(response, decision.toString());
            call.abandoned(0);
        }
    }

    private static void endUnlessAsynchronous(Request request, Response response) {
        AtomicBoolean asynchronous = new AtomicBoolean();
        request.action(ActionCode.ASYNC_IS_ASYNC, asynchronous);
        if (!asynchronous.get()) {
            end(request, response);
        }
    }

    private static void end(Request request, Response response) {
        if (request.getNote(CALL) instanceof InboundCall call) {
            request.setNote(CALL, null);
            String protocol = String.valueOf(request.protocol());
            call.carried(
                    protocol.equals("HTTP/2.0") ? "HTTP/2" : protocol,
                    request.getBytesRead(),
                    response.getContentWritten());
            if (response.isExceptionPresent()) {
                call.abandoned(response.getStatus());
            } else {
                String grpcStatus = response.getMimeHeaders().getHeader("grpc-status");
                call.answered(response.getStatus(), grpcStatus == null ? "" : grpcStatus);
            }
        }
    }

    private static @Nullable InboundConnection connection(Request request) {
        request.action(ActionCode.REQ_SSL_ATTRIBUTE, request);
        Object support = request.getAttribute(SSLSupport.SESSION_MGR);
        return support instanceof MeshedConnection meshed ? meshed.connection() : null;
    }

    private static void rewrite(Request request, InboundConnection connection, InboundDecision.Proceed proceed) {
        String target = proceed.target();
        int query = target.indexOf('?');
        byte[] path = (query < 0 ? target : target.substring(0, query)).getBytes(StandardCharsets.ISO_8859_1);
        request.requestURI().setBytes(path, 0, path.length);
        rewriteQuery(request, query < 0 ? "" : target.substring(query + 1));
        request.scheme().setString(connection.tls() ? "https" : "http");
        if (connection.tls() && request.getServerPort() == HTTP_PORT && !namesPort(request.getHeader("host"))) {
            request.setServerPort(HTTPS_PORT);
        }
        rewriteHeaders(request.getMimeHeaders(), proceed.headers());
    }

    private static boolean namesPort(@Nullable String host) {
        return host != null && !host.endsWith("]") && host.indexOf(':') >= 0;
    }

    /** Only a token that is not for the application makes a query another one. */
    private static void rewriteQuery(Request request, String query) {
        byte[] bytes = query.getBytes(StandardCharsets.ISO_8859_1);
        if (request.queryString().isNull() || request.queryString().getLength() == bytes.length) {
            return;
        }
        if (bytes.length == 0) {
            request.queryString().recycle();
        } else {
            request.queryString().setBytes(bytes, 0, bytes.length);
        }
    }

    private static void rewriteHeaders(MimeHeaders headers, InboundHeaders changes) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            MessageBytes name = headers.getName(i);
            boolean candidate =
                    name.startsWithIgnoreCase("x-", 0) || !changes.edits().isEmpty();
            if (candidate && changes.drops(name.toString().toLowerCase(Locale.ROOT))) {
                headers.removeHeader(name.toString());
                i = Math.min(i, headers.size());
            }
        }
        for (Map.Entry<String, String> line : changes.edits().added()) {
            headers.addValue(line.getKey()).setString(line.getValue());
        }
        if (changes.forwardedClientCert() != null) {
            headers.setValue(InboundHeaders.FORWARDED_CLIENT_CERT).setString(changes.forwardedClientCert());
        }
    }

    private static void reply(Response response, LocalReply reply) throws IOException {
        response.setStatus(reply.status());
        for (Map.Entry<String, String> header : reply.headers()) {
            response.addHeader(header.getKey(), header.getValue());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (body.length > 0) {
            response.doWrite(ByteBuffer.wrap(body));
        }
        response.action(ActionCode.CLOSE, null);
    }

    private static LocalReply unreadable(int status) {
        return new LocalReply(Math.max(status, BAD_REQUEST), List.of(), "", ResponseFlag.DPE, "http1.codec_error");
    }

    /** HTTP/1 gets no answer at all; of HTTP/2 one stream ends, for which Tomcat sends a head. */
    private static void close(Response response, String reason) {
        response.setStatus(FORBIDDEN);
        response.action(ActionCode.CLOSE_NOW, new IOException(reason));
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return behind.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        boolean success = dispatch(request, response, event);
        if (success) {
            endUnlessAsynchronous(request, response);
        } else {
            end(request, response);
        }
        return success;
    }

    private boolean dispatch(Request request, Response response, SocketEvent event) throws Exception {
        Deadline.Scope scope = Deadline.with((Deadline) request.getNote(DEADLINE));
        try (scope) {
            return behind.asyncDispatch(request, response, event);
        }
    }

    @Override
    public void log(Request request, Response response, long time) {
        behind.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        if (request.getNote(CALL) instanceof InboundCall call) {
            // The connection broke before an asynchronous answer was complete.
            request.setNote(CALL, null);
            call.abandoned(0);
        }
        behind.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return behind.getDomain();
    }
}

package io.inmesh.client.adapter.jetty;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundCall;
import io.inmesh.client.pipeline.InboundDecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Judges every request before any other handler hears of it. Thread-safe. */
final class MeshHandler extends Handler.Wrapper {

    /** Envoy's {@code max_headers_count}, as it is without a setting. */
    private static final int MOST_HEADERS = 100;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        MeshEndPoint socket = MeshEndPoint.of(request);
        InboundConnection connection = socket == null ? null : socket.facts();
        if (socket == null || connection == null) {
            close(request, response, callback, "a request on a connection that the mesh does not know");
            return true;
        }
        socket.requestBegins();
        Request.addCompletionListener(request, ended -> socket.requestEnded());
        JettyRequestHead head = new JettyRequestHead(Request.unWrap(request), connection.tls());
        int refusal = unreadable(head);
        if (refusal != 0) {
            bare(response, callback, refusal);
            return true;
        }
        InboundCall call = socket.inbound().call(connection, head);
        InboundDecision decision = call.decision();
        if (decision instanceof InboundDecision.Proceed proceed) {
            Request.addCompletionListener(request, failure -> end(call, request, response, failure));
            Deadline.Scope scope = socket.inbound().deadline(head);
            try (scope) {
                return super.handle(new JudgedRequest(request, connection, proceed), response, callback);
            }
        }
        if (decision instanceof InboundDecision.Reply denied) {
            reply(response, callback, denied.reply());
            call.replied(denied.reply());
        } else {
            close(request, response, callback, decision.toString());
            call.abandoned(0);
        }
        return true;
    }

    /** What Envoy's codec would not let pass, and Jetty's does; 0 if there is nothing. */
    private static int unreadable(JettyRequestHead head) {
        if (head.request().getHeaders().size() > MOST_HEADERS) {
            return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
        }
        return head.namesTwoHosts() || head.framesItselfOverHttp2() ? HttpStatus.BAD_REQUEST_400 : 0;
    }

    private static void end(InboundCall call, Request request, Response response, @Nullable Throwable failure) {
        HttpVersion version = request.getConnectionMetaData().getHttpVersion();
        call.carried(
                version == HttpVersion.HTTP_2 ? "HTTP/2" : version.asString(),
                Request.getContentBytesRead(request),
                Response.getContentBytesWritten(response));
        if (failure == null) {
            String grpcStatus = response.getHeaders().get("grpc-status");
            call.answered(response.getStatus(), grpcStatus == null ? "" : grpcStatus);
        } else {
            call.abandoned(response.getStatus());
        }
    }

    private static void reply(Response response, Callback callback, LocalReply reply) {
        response.setStatus(reply.status());
        for (Map.Entry<String, String> header : reply.headers()) {
            response.getHeaders().add(header.getKey(), header.getValue());
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put("Content-Length", body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static void bare(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put("Content-Length", 0L);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** HTTP/1 gets no answer at all; of HTTP/2 one stream ends, others may be under way. */
    private static void close(Request request, Response response, Callback callback, String reason) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            bare(response, callback, HttpStatus.FORBIDDEN_403);
        } else {
            request.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new IOException(reason));
        }
    }
}

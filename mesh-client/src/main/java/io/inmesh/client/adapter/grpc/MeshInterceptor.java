package io.inmesh.client.adapter.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.inmesh.api.http.LocalReply;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.pipeline.InboundCall;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundHeaders;
import io.inmesh.client.pipeline.InboundPipeline;
import java.util.Map;

/** Judges every call before its handler. Thread-safe. */
final class MeshInterceptor implements ServerInterceptor {

    private static final int OK = 200;

    private final InboundPipeline inbound;

    MeshInterceptor(InboundPipeline inbound) {
        this.inbound = inbound;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        InboundConnection connection = call.getAttributes().get(ProvenConnections.FACTS);
        if (connection == null) {
            return refused(call, Status.UNAVAILABLE);
        }
        CallHead head = new CallHead(call, headers);
        InboundCall judged = inbound.call(connection, head);
        InboundDecision decision = judged.decision();
        // gRPC has chosen the handler by the path as it came: another meaning of it would be another method.
        if (decision instanceof InboundDecision.Proceed proceed
                && proceed.target().equals(head.path())) {
            rewrite(headers, proceed.headers());
            return proceed(call, headers, next, judged, head);
        } else if (decision instanceof InboundDecision.Reply denied) {
            judged.replied(denied.reply());
            return refused(call, status(denied.reply()));
        }
        judged.abandoned(0);
        return refused(call, Status.UNAVAILABLE);
    }

    private <Q, A> Listener<Q> proceed(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next, InboundCall judged, CallHead head) {
        EndedCall<Q, A> watched = new EndedCall<>(call);
        return new JudgedListener<>(next.startCall(watched, headers), () -> inbound.deadline(head), answered -> {
            judged.carried("HTTP/2", -1, -1);
            if (answered) {
                judged.answered(OK, String.valueOf(watched.code));
            } else {
                judged.abandoned(OK);
            }
        });
    }

    private static void rewrite(Metadata headers, InboundHeaders changes) {
        for (String name : headers.keys()) {
            if (changes.drops(name)) {
                remove(headers, name);
            }
        }
        for (Map.Entry<String, String> line : changes.edits().added()) {
            headers.put(Metadata.Key.of(line.getKey(), Metadata.ASCII_STRING_MARSHALLER), line.getValue());
        }
        if (changes.forwardedClientCert() != null) {
            headers.put(
                    Metadata.Key.of(InboundHeaders.FORWARDED_CLIENT_CERT, Metadata.ASCII_STRING_MARSHALLER),
                    changes.forwardedClientCert());
        }
    }

    private static void remove(Metadata headers, String name) {
        if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            headers.discardAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
        } else {
            headers.discardAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }
    }

    private static <Q, A> Listener<Q> refused(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new Listener<>() {};
    }

    /**
     * As Envoy turns a local reply into an answer for gRPC.
     *
     * @see <a href="https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md">gRPC, HTTP to gRPC status codes</a>
     */
    private static Status status(LocalReply reply) {
        Status status =
                switch (reply.status()) {
                    case 400 -> Status.INTERNAL;
                    case 401 -> Status.UNAUTHENTICATED;
                    case 403 -> Status.PERMISSION_DENIED;
                    case 404 -> Status.UNIMPLEMENTED;
                    case 429, 502, 503, 504 -> Status.UNAVAILABLE;
                    default -> Status.UNKNOWN;
                };
        return reply.body().isEmpty() ? status : status.withDescription(reply.body());
    }

    /** Remembers how the application ended it. */
    private static final class EndedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private volatile int code;

        EndedCall(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            code = status.getCode().value();
            super.close(status, trailers);
        }
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.resilience.CallGuard;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The responses that Envoy gives without an upstream's: status, headers, text, flag and details. */
final class LocalReplies {

    private static final Entry<String, String> OVERLOADED = Map.entry("x-envoy-overloaded", "true");

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private LocalReplies() {}

    static LocalReply routeNotFound(MeshRequest request) {
        return reply(request, 404, "", ResponseFlag.NR, "route_not_found", List.of());
    }

    static LocalReply clusterNotFound(MeshRequest request, int status) {
        return reply(request, status, "", ResponseFlag.NC, "cluster_not_found", List.of());
    }

    static LocalReply faultAbort(MeshRequest request, int status, int grpcStatus) {
        String body = "fault filter abort";
        return grpcStatus >= 0 && RouteMatcher.isGrpc(request)
                ? grpc(grpcStatus, body, ResponseFlag.FI, "fault_filter_abort", List.of())
                : reply(request, status, body, ResponseFlag.FI, "fault_filter_abort", List.of());
    }

    /** Where a guard of the application's own refuses; the words for a rate limit are those of Envoy's. */
    static LocalReply refused(MeshRequest request, CallGuard.Refusal refusal) {
        return switch (refusal) {
            case CIRCUIT_OPEN ->
                reply(request, 503, "circuit breaker is open", ResponseFlag.UO, "circuit_breaker_open", List.of());
            case BULKHEAD_FULL -> reply(request, 503, "bulkhead is full", ResponseFlag.UO, "bulkhead_full", List.of());
            case RATE_LIMITED ->
                reply(request, 429, "local_rate_limited", ResponseFlag.RL, "local_rate_limited", List.of());
        };
    }

    static LocalReply noHealthyUpstream(OutboundCall call) {
        return reply(
                call.request, 503, "no healthy upstream", ResponseFlag.UH, "no_healthy_upstream", attemptCount(call));
    }

    static LocalReply direct(OutboundCall call, RouteTarget.DirectResponse direct) {
        // Envoy names the request's own URL where RFC 7231, 7.1.2 knows a Location.
        boolean located = direct.status() == 201 || direct.status() / 100 == 3;
        List<Entry<String, String>> extra =
                located ? List.of(Map.entry("location", Location.ofRequest(call.request))) : List.of();
        return edited(
                call,
                reply(call.request, direct.status(), direct.body(), null, "direct_response", extra),
                direct.headers());
    }

    static LocalReply redirect(OutboundCall call, RouteTarget.Redirect redirect) {
        Entry<String, String> location = Map.entry("location", Location.of(call.request, redirect));
        return edited(
                call,
                reply(call.request, redirect.status(), "", null, "direct_response", List.of(location)),
                redirect.headers());
    }

    /** The attempt had no answer and there is no other. */
    static LocalReply failure(OutboundCall call) {
        if (call.timeout != Timeout.NONE) {
            return timedOut(call);
        }
        ResetReason reason = Objects.requireNonNull(call.reset, "reset");
        String detail = call.detail;
        String body = "upstream connect error or disconnect/reset before headers. "
                + (call.attempts > 1 ? "retried and the latest " : "")
                + "reset reason: " + reason.text();
        String details = "upstream_reset_before_response_started{" + reason.text()
                + (detail.isEmpty() ? "" : "|" + detail) + "}";
        List<Entry<String, String>> extra = new ArrayList<>();
        if (reason == ResetReason.OVERFLOW) {
            extra.add(OVERLOADED);
        }
        extra.addAll(attemptCount(call));
        return reply(call.request, reason.status(), body, reason.flag(), details.replace(' ', '_'), extra);
    }

    private static LocalReply timedOut(OutboundCall call) {
        return switch (call.timeout) {
            case STREAM -> streamTooLong(call.request);
            case IDLE -> reply(call.request, 504, "stream timeout", ResponseFlag.SI, "stream_idle_timeout", List.of());
            case PER_TRY_IDLE -> tooLate(call, "upstream_per_try_idle_timeout");
            case NONE, PER_TRY -> tooLate(call, "upstream_per_try_timeout");
            case GLOBAL -> tooLate(call, "response_timeout");
        };
    }

    private static LocalReply tooLate(OutboundCall call, String details) {
        return reply(call.request, 504, "upstream request timeout", ResponseFlag.UT, details, attemptCount(call));
    }

    /** Of the connection manager, as idleness is, and not of the router; Envoy sets no flag. */
    private static LocalReply streamTooLong(MeshRequest request) {
        String body = "downstream duration timeout";
        return RouteMatcher.isGrpc(request)
                ? grpc(GrpcStatus.DEADLINE_EXCEEDED, body, null, "max_duration_timeout", List.of())
                : reply(request, 504, body, null, "max_duration_timeout", List.of());
    }

    private static List<Entry<String, String>> attemptCount(OutboundCall call) {
        return call.forward != null && call.forward.attemptCountInResponse()
                ? List.of(Map.entry("x-envoy-attempt-count", Integer.toString(call.attempts)))
                : List.of();
    }

    private static LocalReply reply(
            MeshRequest request,
            int status,
            String body,
            @Nullable ResponseFlag flag,
            String details,
            List<Entry<String, String>> extra) {
        if (RouteMatcher.isGrpc(request)) {
            return grpc(GrpcStatus.ofHttp(status), body, flag, details, extra);
        }
        List<Entry<String, String>> headers = new ArrayList<>();
        if (!body.isEmpty()) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            headers.add(Map.entry("content-length", Integer.toString(length)));
            headers.add(Map.entry("content-type", "text/plain"));
        }
        headers.addAll(extra);
        boolean bodiless = request.method().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        return new LocalReply(status, headers, bodiless ? "" : body, flag, details);
    }

    private static LocalReply grpc(
            int grpcStatus,
            String message,
            @Nullable ResponseFlag flag,
            String details,
            List<Entry<String, String>> extra) {
        List<Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("content-type", "application/grpc"));
        headers.add(Map.entry("grpc-status", Integer.toString(grpcStatus)));
        if (!message.isEmpty()) {
            headers.add(Map.entry("grpc-message", percentEncoded(message)));
        }
        headers.addAll(extra);
        return new LocalReply(200, headers, "", flag, details);
    }

    private static String percentEncoded(String message) {
        StringBuilder text = new StringBuilder(message.length());
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b >= 0x7f || b == '%') {
                text.append('%').append(String.format("%02X", b & 0xff));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }

    static LocalReply edited(OutboundCall call, LocalReply reply, HeaderEdits edits) {
        if (edits.edits().isEmpty()) {
            return reply;
        }
        HeaderLines lines = new HeaderLines(reply.headers());
        edits.apply(lines, CallContext.ofReply(call, reply));
        return new LocalReply(reply.status(), lines.lines(), reply.body(), reply.flag(), reply.details());
    }
}

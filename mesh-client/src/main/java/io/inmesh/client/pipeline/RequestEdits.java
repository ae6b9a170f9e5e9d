package io.inmesh.client.pipeline;

import io.inmesh.api.spi.CallListener;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.RouteMatcher;
import io.inmesh.client.route.RouteTarget;

/** What Envoy's router makes of a request's head for an attempt, and of a response's. */
final class RequestEdits {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private RequestEdits() {}

    static String path(OutboundCall call) {
        RouteTarget.Forward forward = call.forward;
        return forward == null ? call.request.path() : forward.rewrite().path(call.request);
    }

    static String authority(OutboundCall call) {
        String ofCluster = call.share == null ? null : call.share.authority();
        RouteTarget.Forward forward = call.forward;
        if (ofCluster != null || forward == null) {
            return ofCluster == null ? call.request.authority() : ofCluster;
        }
        return forward.rewrite()
                .authority(call.request, call.endpoint().description().hostname());
    }

    static void apply(OutboundCall call, HeaderEditor headers) {
        if (call.raw) {
            return; // what no listener takes for HTTP is carried as it is
        }
        CallerHeaders.remove(call, headers);
        if (!headers.has("x-forwarded-proto")) {
            headers.set("x-forwarded-proto", call.request.scheme());
        }
        if (call.share != null) {
            edit(call.share.requestHeaders(), headers, call, false);
        }
        RouteTarget.Forward forward = call.forward;
        if (forward != null && forward.attemptCountInRequest()) {
            headers.set("x-envoy-attempt-count", Decimals.of(call.attempts));
        }
        long elapsed = call.attempts == 1 ? 0 : call.attemptNanos - call.routerNanos;
        String expected = call.timeouts.expected(elapsed);
        if (call.deadlineNanos != Long.MAX_VALUE) {
            expected = earlier(expected, (call.deadlineNanos - call.nowNanos) / NANOS_PER_MILLI);
        }
        if (!expected.isEmpty()) {
            headers.set("x-envoy-expected-rq-timeout-ms", expected);
        }
        String grpcTimeout = call.timeouts.grpcTimeout(elapsed, RouteMatcher.isGrpc(call.request));
        if (grpcTimeout != null) {
            headers.set("grpc-timeout", grpcTimeout);
        }
        if (forward != null) {
            keepOriginals(call, forward, headers);
        }
        if (call.original != null) {
            markCopy(call, headers);
        }
        CallListener listener = call.listener;
        if (listener != null) {
            Endpoint endpoint = call.endpoint();
            listener.attemptStarting(
                    call.attempts, call.cluster().name(), endpoint.host().address(), headers::set);
        }
    }

    /** As Envoy's own client does, which sends its copies. */
    private static void markCopy(OutboundCall call, HeaderEditor headers) {
        String before = call.request.header("x-forwarded-for");
        String address = call.pipeline.callerAddress();
        headers.set("x-forwarded-for", before == null ? address : before + "," + address);
        headers.set("x-envoy-internal", "true");
    }

    private static String earlier(String expected, long leftMillis) {
        boolean bounded = !expected.isEmpty() && Long.parseLong(expected) <= leftMillis;
        return bounded ? expected : Decimals.of(Math.max(1, leftMillis));
    }

    private static void keepOriginals(OutboundCall call, RouteTarget.Forward forward, HeaderEditor headers) {
        if (forward.rewrite().path() != null) {
            headers.set("x-envoy-original-path", call.request.path());
        }
        OutboundCall rewritten = call.original == null ? call : call.original;
        if (!authority(rewritten).equals(call.request.authority())) {
            headers.set("x-envoy-original-host", call.request.authority());
            if (forward.rewrite().keepOriginal()) {
                headers.set("x-forwarded-host", call.request.authority());
            }
        }
    }

    private static void edit(HeaderEdits edits, HeaderEditor headers, OutboundCall call, boolean response) {
        if (!edits.edits().isEmpty()) {
            edits.apply(headers, response ? CallContext.ofResponse(call) : CallContext.ofRequest(call));
        }
    }

    static void applyToResponse(OutboundCall call, HeaderEditor headers) {
        long millis = (call.nowNanos - call.routerNanos) / 1_000_000;
        headers.set("x-envoy-upstream-service-time", Decimals.of(millis));
        if (call.forward != null && call.forward.attemptCountInResponse()) {
            headers.set("x-envoy-attempt-count", Decimals.of(call.attempts));
        }
        if (call.key != null) {
            call.key.cookies().forEach(cookie -> headers.add("set-cookie", cookie));
        }
        if (call.share != null) {
            edit(call.share.responseHeaders(), headers, call, true);
        }
        if (call.origin != null && call.forward != null && call.forward.cors() != null) {
            call.forward.cors().mark(headers, call.origin);
        }
    }
}

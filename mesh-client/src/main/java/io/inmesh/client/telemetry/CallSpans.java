package io.inmesh.client.telemetry;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The spans of one call. Its methods come one after the other, from whichever thread. */
final class CallSpans implements CallListener {

    private static final int CLIENT_ERROR = 400;

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final Span call;
    private final Context context;
    private final MeshRequest request;
    private volatile @Nullable Span attempt;

    CallSpans(Tracer tracer, TextMapPropagator propagator, Span call, Context context, MeshRequest request) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.call = call;
        this.context = context;
        this.request = request;
        call.setAttribute("http.request.method", request.method());
        call.setAttribute("server.address", request.authority());
    }

    @Override
    public void attemptStarting(int number, String cluster, String address, HeaderSink headers) {
        int colon = address.lastIndexOf(':');
        Span span = tracer.spanBuilder(request.method())
                .setParent(context)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", request.method())
                .setAttribute("url.scheme", request.scheme())
                .setAttribute("server.address", request.authority())
                .setAttribute("network.peer.address", colon < 0 ? address : address.substring(0, colon))
                .setAttribute("upstream_cluster", cluster)
                .startSpan();
        if (number > 1) {
            span.setAttribute("http.request.resend_count", number - 1L);
        }
        attempt = span;
        propagator.inject(context.with(span), headers, (sink, name, value) -> {
            if (sink != null) {
                sink.set(name, value);
            }
        });
    }

    @Override
    public void attemptEnded(AttemptReport report) {
        if (call.isRecording()) {
            call.addEvent("attempt", AttemptAttributes.of(report));
        }
        Span span = attempt;
        if (span == null) {
            return;
        }
        attempt = null;
        if (report.status() > 0) {
            span.setAttribute("http.response.status_code", (long) report.status());
        }
        ResponseFlag flag = report.flag();
        if (flag != null) {
            span.setAttribute("error.type", flag.longName());
            span.setStatus(StatusCode.ERROR, report.cause());
        } else if (report.status() >= CLIENT_ERROR) {
            span.setAttribute("error.type", Integer.toString(report.status()));
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public void callEnded(CallReport report) {
        Span open = attempt;
        if (open != null) {
            // The caller left in the middle of an attempt.
            open.setStatus(StatusCode.ERROR, report.details());
            open.end();
        }
        if (!report.route().operation().isEmpty()) {
            call.updateName(report.route().operation());
        }
        call.setAttribute("http.response.status_code", (long) report.status());
        call.setAttribute("upstream_cluster", report.route().cluster());
        call.setAttribute("istio.config", report.route().istioConfig());
        if (!report.flags().isEmpty()) {
            call.setAttribute(
                    "response_flags",
                    report.flags().stream().sorted().map(ResponseFlag::name).collect(Collectors.joining(",")));
            call.setStatus(StatusCode.ERROR, report.details());
        }
        call.end();
    }
}

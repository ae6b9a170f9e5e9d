package io.inmesh.client.telemetry;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.MeshListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of calls that go out: one for the call, and below it one for each attempt, whose context goes to the upstream. Calls that come in
 * have the server's own span, and one here only if policies denied them or had something to say. Thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">OpenTelemetry, HTTP spans</a>
 */
public final class MeshSpans implements MeshListener {

    private static final RequestHeaders HEADERS = new RequestHeaders();

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    /** Spans of the application's own OpenTelemetry, never of a global one. */
    public MeshSpans(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer("io.inmesh.client");
        propagator = openTelemetry.getPropagators().getTextMapPropagator();
    }

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        if (reporter != Reporter.SOURCE) {
            return new VerdictSpan(tracer, propagator.extract(Context.root(), request, HEADERS), request);
        }
        Context parent = parent(request);
        Span span = tracer.spanBuilder(request.method()).setParent(parent).startSpan();
        return new CallSpans(tracer, propagator, span, parent.with(span), request);
    }

    /** The caller's current span; failing that, what the application has put into the request itself. */
    private Context parent(MeshRequest request) {
        Context current = Context.current();
        return Span.fromContext(current).getSpanContext().isValid()
                ? current
                : propagator.extract(current, request, HEADERS);
    }

    /** Reads the context that a request carries. */
    private static final class RequestHeaders implements TextMapGetter<MeshRequest> {

        @Override
        public Iterable<String> keys(MeshRequest request) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable MeshRequest request, String key) {
            return request == null ? null : request.header(key);
        }
    }
}

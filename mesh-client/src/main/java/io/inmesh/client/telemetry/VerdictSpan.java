package io.inmesh.client.telemetry;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.PolicyVerdict;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A span of the called side for a request about which policies had something to say; others have the server's own span, which one
 * that is denied never gets. The attributes of dry runs are Istio's. Methods come one after the other.
 */
final class VerdictSpan implements CallListener {

    private final Tracer tracer;
    private final Context parent;
    private final MeshRequest request;
    private final List<PolicyVerdict> verdicts = new ArrayList<>(0);

    VerdictSpan(Tracer tracer, Context parent, MeshRequest request) {
        this.tracer = tracer;
        this.parent = parent;
        this.request = request;
    }

    @Override
    public void policyJudged(PolicyVerdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void callEnded(CallReport call) {
        if (verdicts.isEmpty()) {
            return;
        }
        Span span = tracer.spanBuilder("authorize")
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", request.method())
                .setAttribute("http.response.status_code", (long) call.status())
                .setAttribute("source.principal", call.peer().principal())
                .startSpan();
        verdicts.forEach(verdict -> tell(span, verdict));
        span.end();
    }

    private static void tell(Span span, PolicyVerdict verdict) {
        switch (verdict.kind()) {
            case DENIED -> {
                span.setAttribute("istio.authorization.denied_policy.name", verdict.policy());
                span.setStatus(StatusCode.ERROR, verdict.reason());
            }
            case AUDIT -> span.setAttribute("istio.authorization.audit_policy.name", verdict.policy());
            case DRY_RUN -> {
                String action = verdict.reason().toLowerCase(Locale.ROOT);
                span.setAttribute("istio.authorization.dry_run." + action + "_policy.name", verdict.policy());
                span.setAttribute(
                        "istio.authorization.dry_run." + action + "_policy.result",
                        verdict.allowed() ? "allowed" : "denied");
            }
        }
    }
}

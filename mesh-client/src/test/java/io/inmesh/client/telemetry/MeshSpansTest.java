package io.inmesh.client.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.PolicyVerdict;
import io.inmesh.api.spi.Workload;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeshSpansTest {

    private final List<SpanData> ended = new ArrayList<>();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(new Collecting())
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final MeshSpans spans = new MeshSpans(telemetry);

    @Test
    void oneCallIsOneTraceAndEachAttemptHasItsOwnTraceparent() {
        Span application =
                telemetry.getTracer("test").spanBuilder("application").startSpan();
        Map<String, String> first = new HashMap<>();
        Map<String, String> second = new HashMap<>();
        try (Scope scope = application.makeCurrent()) {
            CallListener call = spans.callStarted(Reporter.SOURCE, new IstioMetricsTest.Head());
            call.attemptStarting(1, "outbound|9080||reviews", "10.0.0.1:9080", first::put);
            call.attemptEnded(new AttemptReport(
                    1, "outbound|9080||reviews", "10.0.0.1:9080", 0, ResponseFlag.UF, "refused", true, Duration.ZERO));
            call.attemptStarting(2, "outbound|9080||reviews", "10.0.0.2:9080", second::put);
            call.attemptEnded(new AttemptReport(
                    2, "outbound|9080||reviews", "10.0.0.2:9080", 200, null, "", false, Duration.ZERO));
            call.callEnded(report());
        }
        assertThat(ended).hasSize(3);
        SpanData one = ended.get(0);
        SpanData two = ended.get(1);
        SpanData whole = ended.get(2);
        assertThat(ended).allSatisfy(span -> assertThat(span.getTraceId())
                .isEqualTo(application.getSpanContext().getTraceId()));
        assertThat(whole.getParentSpanId())
                .isEqualTo(application.getSpanContext().getSpanId());
        assertThat(whole.getName()).isEqualTo("reviews:9080/*");
        assertThat(List.of(one, two)).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(whole.getSpanId());
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        });
        assertThat(whole.getEvents()).hasSize(2).allMatch(event -> event.getName()
                .equals("attempt"));
        assertThat(whole.getEvents().get(0).getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("upstream_address"), "10.0.0.1:9080")
                .containsEntry(AttributeKey.stringKey("response_flag"), "UF")
                .containsEntry(AttributeKey.stringKey("cause"), "refused")
                .containsEntry(AttributeKey.booleanKey("retried"), true);
        assertThat(first.get("traceparent")).contains(one.getSpanId());
        assertThat(second.get("traceparent")).contains(two.getSpanId());
        assertThat(one.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("UpstreamConnectionFailure");
        assertThat(two.getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                .isOne();
    }

    @Test
    void aCallThatIsGivenUpLeavesNoSpanOpen() {
        CallListener call = spans.callStarted(Reporter.SOURCE, new IstioMetricsTest.Head());
        call.attemptStarting(1, "c", "10.0.0.1:9080", (name, value) -> {});
        call.callEnded(report());

        assertThat(ended).hasSize(2);
    }

    @Test
    void aRequestOfWhichPoliciesSaidSomethingHasASpanWithTheirNames() {
        CallListener call = spans.callStarted(Reporter.DESTINATION, new IstioMetricsTest.Head());
        call.policyJudged(
                new PolicyVerdict(PolicyVerdict.Kind.DRY_RUN, "envoy.filters.http.rbac", "trial", false, "DENY"));
        call.policyJudged(
                new PolicyVerdict(PolicyVerdict.Kind.DENIED, "envoy.filters.http.rbac", "deny", false, "why"));
        call.callEnded(report());

        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(ended.get(0).getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("istio.authorization.denied_policy.name"), "deny")
                .containsEntry(AttributeKey.stringKey("istio.authorization.dry_run.deny_policy.name"), "trial")
                .containsEntry(AttributeKey.stringKey("istio.authorization.dry_run.deny_policy.result"), "denied");
    }

    @Test
    void theServersSpanIsNotDoubled() {
        spans.callStarted(Reporter.DESTINATION, new IstioMetricsTest.Head()).callEnded(report());

        assertThat(ended).isEmpty();
        assertThat(Span.fromContext(Context.current()).getSpanContext().isValid())
                .isFalse();
    }

    private static CallReport report() {
        return new CallReport(
                200,
                Set.of(),
                "via_upstream",
                new CallReport.RouteNames("vh", "r", "outbound|9080||reviews", "reviews:9080/*", "virtual-service/x"),
                Workload.UNKNOWN,
                CallReport.Service.UNKNOWN,
                true,
                2,
                Duration.ofMillis(3),
                "");
    }

    /** Keeps what has ended. */
    private final class Collecting implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}

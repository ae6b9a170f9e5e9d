package io.inmesh.client.telemetry;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.PolicyVerdict;
import io.inmesh.api.spi.Workload;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code istio_requests_total}, {@code istio_request_duration_milliseconds}, {@code istio_request_bytes} and
 * {@code istio_response_bytes} with Istio's labels and buckets, as Kiali and Istio's dashboards read them, in the application's own
 * registry. Bytes are those of bodies. Series are cached and bounded. Thread-safe.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/metrics/">Istio, standard metrics</a>
 */
public final class IstioMetrics implements MeshListener {

    private static final int MAX_SERIES = 2_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Envoy's default histogram buckets, whatever the unit. */
    private static final double[] BUCKETS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
        3_600_000
    };

    private final MeterRegistry registry;
    private final Workload self;
    private final VerdictCounters verdicts;
    private final Map<CallLabels, Meters> series = new ConcurrentHashMap<>();

    /**
     * Measures into a registry.
     *
     * @param self this workload, which is the source of calls that go out and the destination of those that come in
     */
    public IstioMetrics(MeterRegistry registry, Workload self) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.self = Objects.requireNonNull(self, "self");
        this.verdicts = new VerdictCounters(registry);
    }

    @Override
    public CallListener callStarted(Reporter reporter, MeshRequest request) {
        String type = request.header("content-type");
        boolean grpc = type != null && type.startsWith("application/grpc");
        return new CallListener() {
            @Override
            public void policyJudged(PolicyVerdict verdict) {
                verdicts.count(verdict);
            }

            @Override
            public void callEnded(CallReport call) {
                record(CallLabels.of(reporter, grpc, call), call);
            }
        };
    }

    private void record(CallLabels labels, CallReport call) {
        Meters meters = meters(labels);
        meters.requests.increment();
        meters.duration.record(call.duration().toNanos() / NANOS_PER_MILLI);
        meters.requestBytes.record((double) Math.max(0, call.transfer().requestBytes()));
        meters.responseBytes.record((double) Math.max(0, call.transfer().responseBytes()));
    }

    private Meters meters(CallLabels labels) {
        Meters known = series.get(labels);
        if (known != null) {
            return known;
        }
        CallLabels kept = series.size() < MAX_SERIES ? labels : labels.withoutPeer();
        return series.computeIfAbsent(kept, this::create);
    }

    private Meters create(CallLabels labels) {
        Tags tags = labels.tags(self);
        return new Meters(
                Counter.builder("istio.requests").tags(tags).register(registry),
                // A Timer would be exported in seconds.
                histogram("istio.request.duration.milliseconds", tags),
                histogram("istio.request.bytes", tags),
                histogram("istio.response.bytes", tags));
    }

    private DistributionSummary histogram(String name, Tags tags) {
        return DistributionSummary.builder(name)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private record Meters(
            Counter requests,
            DistributionSummary duration,
            DistributionSummary requestBytes,
            DistributionSummary responseBytes) {}
}

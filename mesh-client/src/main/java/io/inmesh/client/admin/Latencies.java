package io.inmesh.client.admin;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How long attempts took, by route and endpoint; beyond a number of these the rest is counted together. Thread-safe. */
public final class Latencies implements MeshListener {

    static final int MAX_SERIES = 1_000;

    private static final Key REST = new Key("", "", "");
    private static final int NANOS_PER_MICRO = 1_000;

    private final MeshClock clock;
    private final ConcurrentHashMap<Key, LatencyHistogram> histograms = new ConcurrentHashMap<>();

    public Latencies(MeshClock clock) {
        this.clock = clock;
    }

    /** All texts are empty for what is counted together. */
    record Key(String virtualHost, String route, String endpoint) {}

    @Override
    public @Nullable CallListener callStarted(Reporter reporter, MeshRequest request) {
        if (reporter != Reporter.SOURCE) {
            return null;
        }
        String given = id(request);
        return report -> {
            String id = given.isEmpty() ? report.transfer().requestId() : given;
            report.ledger().forEach(attempt -> add(report.route(), attempt, id));
        };
    }

    /** What leads to the call: its trace, or the request id that logs have. */
    private static String id(MeshRequest request) {
        String trace = request.header("traceparent");
        if (trace != null) {
            String[] parts = trace.split("-", -1);
            return parts.length > 1 ? parts[1] : "";
        }
        String requestId = request.header("x-request-id");
        return requestId == null ? "" : requestId;
    }

    private void add(CallReport.RouteNames route, AttemptReport attempt, String id) {
        if (attempt.address().isEmpty()) {
            return;
        }
        Key key = new Key(route.virtualHost(), route.route(), attempt.address());
        LatencyHistogram known = histograms.get(key);
        if (known == null) {
            Key kept = histograms.size() < MAX_SERIES ? key : REST;
            known = histograms.computeIfAbsent(kept, fresh -> new LatencyHistogram());
        }
        known.record(attempt.duration().toNanos() / NANOS_PER_MICRO, id, clock.now());
    }

    SortedMap<Key, LatencyHistogram> sorted() {
        SortedMap<Key, LatencyHistogram> sorted = new TreeMap<>(
                Comparator.comparing(Key::virtualHost).thenComparing(Key::route).thenComparing(Key::endpoint));
        sorted.putAll(histograms);
        return sorted;
    }
}

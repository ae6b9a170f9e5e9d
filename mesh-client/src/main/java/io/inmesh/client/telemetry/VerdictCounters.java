package io.inmesh.client.telemetry;

import io.inmesh.api.spi.PolicyVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code inmesh_authorization_verdicts_total} by kind, policy and result. Policies are the operator's, so that their number is, too; beyond a
 * bound they count together. Thread-safe.
 */
final class VerdictCounters {

    private static final int MAX_SERIES = 1_000;

    private final MeterRegistry registry;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    VerdictCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Series(PolicyVerdict.Kind kind, String policy, boolean allowed) {}

    void count(PolicyVerdict verdict) {
        Series series = new Series(verdict.kind(), verdict.policy(), verdict.allowed());
        Counter known = counters.get(series);
        if (known == null) {
            Series kept =
                    counters.size() < MAX_SERIES ? series : new Series(verdict.kind(), "other", verdict.allowed());
            known = counters.computeIfAbsent(kept, this::create);
        }
        known.increment();
    }

    private Counter create(Series series) {
        return Counter.builder("inmesh.authorization.verdicts")
                .tag("kind", series.kind().name().toLowerCase(Locale.ROOT))
                .tag("policy", series.policy())
                .tag("result", series.allowed() ? "allowed" : "denied")
                .register(registry);
    }
}

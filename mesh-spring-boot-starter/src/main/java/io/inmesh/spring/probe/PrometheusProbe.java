package io.inmesh.spring.probe;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.Set;

/** Metrics, where the actuator has them and where Istio's scrapers look. */
public final class PrometheusProbe implements ProbeSource {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry meters;
    private final Set<String> paths;

    /**
     * @param basePath of the actuator, such as {@code /actuator}
     */
    public PrometheusProbe(PrometheusMeterRegistry meters, String basePath) {
        this.meters = meters;
        this.paths = Set.of(basePath + "/prometheus", "/stats/prometheus", "/metrics");
    }

    @Override
    public Optional<ProbeAnswer> answer(String path) {
        return paths.contains(path) ? Optional.of(new ProbeAnswer(200, TEXT, meters.scrape())) : Optional.empty();
    }
}

package io.inmesh.control.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Istio's OutlierDetection, each field as written.
 *
 * @param errorCodes statuses that count as errors, in the place of all 5xx; empty if none is written
 */
public record OutlierDetection(
        Optional<Long> consecutive5xxErrors,
        Optional<Long> consecutiveGatewayErrors,
        boolean splitExternalLocalOriginErrors,
        Optional<Long> consecutiveLocalOriginFailures,
        Optional<Duration> interval,
        Optional<Duration> baseEjectionTime,
        Optional<Integer> maxEjectionPercent,
        int minHealthPercent,
        List<Integer> errorCodes) {

    static OutlierDetection read(Fields outlier) {
        Optional<Long> deprecated = outlier.unsigned("consecutiveErrors");
        return new OutlierDetection(
                outlier.unsigned("consecutive5xxErrors"),
                outlier.unsigned("consecutiveGatewayErrors").or(() -> deprecated),
                outlier.flag("splitExternalLocalOriginErrors").orElse(false),
                outlier.unsigned("consecutiveLocalOriginFailures"),
                outlier.duration("interval"),
                outlier.duration("baseEjectionTime"),
                outlier.unsignedPercent("maxEjectionPercent"),
                outlier.unsignedPercent("minHealthPercent").orElse(0),
                outlier.integers("outlierDetectionHttpErrorCodes", 100, 599));
    }
}

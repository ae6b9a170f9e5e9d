package io.inmesh.control.config;

import java.time.Duration;
import java.util.Optional;

/** Istio's OutlierDetection, each field as written. */
public record OutlierDetection(
        Optional<Long> consecutive5xxErrors,
        Optional<Long> consecutiveGatewayErrors,
        boolean splitExternalLocalOriginErrors,
        Optional<Long> consecutiveLocalOriginFailures,
        Optional<Duration> interval,
        Optional<Duration> baseEjectionTime,
        Optional<Integer> maxEjectionPercent,
        int minHealthPercent) {

    static OutlierDetection read(Fields outlier) {
        outlier.unsupported("outlierDetectionHttpErrorCodes");
        Optional<Long> deprecated = outlier.unsigned("consecutiveErrors");
        return new OutlierDetection(
                outlier.unsigned("consecutive5xxErrors"),
                outlier.unsigned("consecutiveGatewayErrors").or(() -> deprecated),
                outlier.flag("splitExternalLocalOriginErrors").orElse(false),
                outlier.unsigned("consecutiveLocalOriginFailures"),
                outlier.duration("interval"),
                outlier.duration("baseEjectionTime"),
                outlier.unsignedPercent("maxEjectionPercent"),
                outlier.unsignedPercent("minHealthPercent").orElse(0));
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.OutlierDetection;
import io.inmesh.xds.envoy.ClusterLb.CommonLbConfig;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Percents.Percent;
import io.inmesh.xds.envoy.Resilience;
import io.inmesh.xds.wire.Message;
import java.util.Optional;

/** DestinationRule {@code outlierDetection}. Without it nothing is ejected; the panic threshold is 0 unless it is written. */
final class OutlierTranslation {

    private OutlierTranslation() {}

    static Message on(Message cluster, Optional<OutlierDetection> written) {
        int health = written.map(OutlierDetection::minHealthPercent).orElse(0);
        Message common = Message.of(CommonLbConfig.TYPE)
                .with(
                        CommonLbConfig.HEALTHY_PANIC_THRESHOLD,
                        Message.of(Percent.TYPE).with(Percent.VALUE, (double) health));
        Message withPanic = cluster.with(Cluster.COMMON_LB_CONFIG, common);
        return written.map(outlier -> OutlierErrors.on(
                        withPanic.with(Cluster.OUTLIER_DETECTION, detection(outlier)), outlier.errorCodes()))
                .orElse(withPanic);
    }

    private static Message detection(OutlierDetection outlier) {
        Message detection = Message.of(Resilience.OutlierDetection.TYPE)
                .with(Resilience.OutlierDetection.INTERVAL, outlier.interval().orElse(null))
                .with(
                        Resilience.OutlierDetection.BASE_EJECTION_TIME,
                        outlier.baseEjectionTime().orElse(null))
                .with(
                        Resilience.OutlierDetection.MAX_EJECTION_PERCENT,
                        outlier.maxEjectionPercent().map(Integer::longValue).orElse(null))
                .with(Resilience.OutlierDetection.ENFORCING_SUCCESS_RATE, 0L);
        if (outlier.consecutive5xxErrors().isPresent()) {
            long errors = outlier.consecutive5xxErrors().get();
            detection = detection
                    .with(Resilience.OutlierDetection.CONSECUTIVE_5XX, errors)
                    .with(Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_5XX, errors > 0 ? 100L : 0L);
        }
        if (outlier.consecutiveGatewayErrors().isPresent()) {
            long errors = outlier.consecutiveGatewayErrors().get();
            detection = detection
                    .with(Resilience.OutlierDetection.CONSECUTIVE_GATEWAY_FAILURE, errors)
                    .with(Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_GATEWAY_FAILURE, errors > 0 ? 100L : 0L);
        }
        return outlier.splitExternalLocalOriginErrors() ? split(detection, outlier) : detection;
    }

    private static Message split(Message detection, OutlierDetection outlier) {
        Message changed = detection
                .with(Resilience.OutlierDetection.SPLIT_EXTERNAL_LOCAL_ORIGIN_ERRORS, true)
                .with(Resilience.OutlierDetection.ENFORCING_LOCAL_ORIGIN_SUCCESS_RATE, 0L);
        if (outlier.consecutiveLocalOriginFailures().isEmpty()) {
            return changed;
        }
        long failures = outlier.consecutiveLocalOriginFailures().get();
        return changed.with(Resilience.OutlierDetection.CONSECUTIVE_LOCAL_ORIGIN_FAILURE, failures)
                .with(Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_LOCAL_ORIGIN_FAILURE, failures > 0 ? 100L : 0L);
    }
}

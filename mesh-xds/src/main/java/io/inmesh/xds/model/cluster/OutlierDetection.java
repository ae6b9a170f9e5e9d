package io.inmesh.xds.model.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * When a host is ejected, and for how long; Envoy's defaults are filled in.
 *
 * @param interval between sweeps; 10 s by default
 * @param baseEjectionTime times the number of ejections is the time out; 30 s by default
 * @param maxEjectionTime its upper bound; the larger of 300 s and the base by default
 * @param maxEjectionTimeJitter random addition; 0 by default
 * @param maxEjectionPercent of the hosts that may be out at once; 10 by default
 * @param alwaysEjectOneHost one may always go, whatever the percentage; false by default
 * @param consecutive5xx 5 in a row, enforced 100 percent, by default
 * @param consecutiveGatewayFailure 5 in a row, enforced 0 percent, by default
 * @param consecutiveLocalOriginFailure 5 in a row, enforced 100 percent, by default; only where origins are split
 * @param splitExternalLocalOriginErrors errors of our own side (connect, timeout, reset) are counted apart from answers
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/outlier_detection.proto">Envoy, OutlierDetection</a>
 */
public record OutlierDetection(
        Duration interval,
        Duration baseEjectionTime,
        Duration maxEjectionTime,
        Duration maxEjectionTimeJitter,
        long maxEjectionPercent,
        boolean alwaysEjectOneHost,
        Consecutive consecutive5xx,
        Consecutive consecutiveGatewayFailure,
        Consecutive consecutiveLocalOriginFailure,
        boolean splitExternalLocalOriginErrors,
        SuccessRate successRate,
        FailurePercentage failurePercentage) {

    /** Envoy's, if a cluster has an empty {@code outlier_detection}. */
    public static final OutlierDetection DEFAULT = new OutlierDetection(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(300),
            Duration.ZERO,
            10,
            false,
            new Consecutive(5, 100),
            new Consecutive(5, 0),
            new Consecutive(5, 100),
            false,
            new SuccessRate(5, 100, 1900, 100, 100),
            new FailurePercentage(85, 5, 50, 0, 0));

    public OutlierDetection {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(baseEjectionTime, "baseEjectionTime");
        Objects.requireNonNull(maxEjectionTime, "maxEjectionTime");
        Objects.requireNonNull(maxEjectionTimeJitter, "maxEjectionTimeJitter");
        Objects.requireNonNull(consecutive5xx, "consecutive5xx");
        Objects.requireNonNull(consecutiveGatewayFailure, "consecutiveGatewayFailure");
        Objects.requireNonNull(consecutiveLocalOriginFailure, "consecutiveLocalOriginFailure");
        Objects.requireNonNull(successRate, "successRate");
        Objects.requireNonNull(failurePercentage, "failurePercentage");
    }

    /**
     * So many failures in a row eject.
     *
     * @param threshold 0 as 1 in Envoy; Istio enforces 0 percent where it means never
     * @param enforcing percent of cases in which the host is really ejected
     */
    public record Consecutive(long threshold, long enforcing) {}

    /**
     * Ejects hosts whose success rate is far below the mean.
     *
     * @param stdevFactor thousandths of a standard deviation
     * @param enforcing percent, for answers
     * @param enforcingLocalOrigin percent, for errors of our own side
     */
    public record SuccessRate(
            long minimumHosts, long requestVolume, long stdevFactor, long enforcing, long enforcingLocalOrigin) {}

    /**
     * Ejects hosts whose failures reach a percentage.
     *
     * @param enforcing percent, for answers
     * @param enforcingLocalOrigin percent, for errors of our own side
     */
    public record FailurePercentage(
            long threshold, long minimumHosts, long requestVolume, long enforcing, long enforcingLocalOrigin) {}
}

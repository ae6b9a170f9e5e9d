package io.inmesh.client.route;

import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with what an application's own policy adds to it where no operator has said anything, field by field. Counters and ejections
 * stay the cluster's: they are one for all who call it.
 */
final class ClusterOverlay {

    private static final long UNLIMITED = 0xffff_ffffL;

    private final CallPolicy policy;
    private final UpstreamCluster cluster;
    private final OperatorFields written;

    ClusterOverlay(CallPolicy policy, UpstreamCluster cluster) {
        this.policy = policy;
        this.cluster = cluster;
        this.written = OperatorFields.of(cluster.definition().metadata());
    }

    UpstreamCluster compile(RandomGenerator chance) {
        return new UpstreamCluster(
                cluster.definition(),
                cluster.state(),
                cluster.balancer(),
                admission(cluster.admission()),
                admission(cluster.highPriorityAdmission()),
                policy.has("outlierDetection") ? detector(chance) : cluster.outlierDetector(),
                cluster.originalDestination(),
                cluster.service());
    }

    /** Whether the field is the operator's to say. */
    boolean operators(PolicyField field) {
        Thresholds now = cluster.admission().thresholds();
        Thresholds envoys = Thresholds.DEFAULT;
        return switch (field) {
            case MAX_CONNECTIONS -> limited(field, now.maxConnections(), envoys.maxConnections());
            case MAX_PENDING_REQUESTS -> limited(field, now.maxPendingRequests(), envoys.maxPendingRequests());
            case MAX_REQUESTS -> limited(field, now.maxRequests(), envoys.maxRequests());
            case MAX_RETRIES -> limited(field, now.maxRetries(), envoys.maxRetries());
            default ->
                field.block().equals("outlierDetection")
                        && written.cover(field.path(), cluster.definition().outlierDetection() != null);
        };
    }

    private boolean limited(PolicyField field, long value, long byDefault) {
        return written.cover(field.path(), value != UNLIMITED && value != byDefault);
    }

    private Admission admission(Admission base) {
        if (!policy.has("connectionPool")) {
            return base;
        }
        Thresholds limits = base.thresholds();
        return new Admission(
                cluster.state(),
                new Thresholds(
                        number(PolicyField.MAX_CONNECTIONS, limits.maxConnections()),
                        number(PolicyField.MAX_PENDING_REQUESTS, limits.maxPendingRequests()),
                        number(PolicyField.MAX_REQUESTS, limits.maxRequests()),
                        number(PolicyField.MAX_RETRIES, limits.maxRetries()),
                        limits.retryBudget()));
    }

    private OutlierDetector detector(RandomGenerator chance) {
        return new OutlierDetector(
                merged(cluster.definition().outlierDetection()),
                cluster.state(),
                cluster.balancer().endpoints().endpoints().stream()
                        .map(Endpoint::host)
                        .toList(),
                chance,
                cluster.outlierDetector() == null
                        ? null
                        : cluster.outlierDetector().errors());
    }

    private OutlierDetection merged(@Nullable OutlierDetection own) {
        OutlierDetection base = own == null ? istios() : own;
        Duration ejection = duration(PolicyField.BASE_EJECTION_TIME, base.baseEjectionTime());
        return new OutlierDetection(
                duration(PolicyField.OUTLIER_INTERVAL, base.interval()),
                ejection,
                Collections.max(List.of(base.maxEjectionTime(), ejection)),
                base.maxEjectionTimeJitter(),
                number(PolicyField.MAX_EJECTION_PERCENT, base.maxEjectionPercent()),
                base.alwaysEjectOneHost(),
                consecutive(PolicyField.CONSECUTIVE_5XX, base.consecutive5xx()),
                consecutive(PolicyField.CONSECUTIVE_GATEWAY, base.consecutiveGatewayFailure()),
                base.consecutiveLocalOriginFailure(),
                base.splitExternalLocalOriginErrors(),
                base.successRate(),
                base.failurePercentage());
    }

    /** Envoy's defaults, without the success rate that Istio switches off. */
    private static OutlierDetection istios() {
        OutlierDetection envoys = OutlierDetection.DEFAULT;
        return new OutlierDetection(
                envoys.interval(),
                envoys.baseEjectionTime(),
                envoys.maxEjectionTime(),
                envoys.maxEjectionTimeJitter(),
                envoys.maxEjectionPercent(),
                envoys.alwaysEjectOneHost(),
                envoys.consecutive5xx(),
                envoys.consecutiveGatewayFailure(),
                envoys.consecutiveLocalOriginFailure(),
                envoys.splitExternalLocalOriginErrors(),
                new OutlierDetection.SuccessRate(5, 100, 1900, 0, 0),
                envoys.failurePercentage());
    }

    private Consecutive consecutive(PolicyField field, Consecutive base) {
        if (operators(field) || policy.setting(field).isEmpty()) {
            return base;
        }
        long errors = policy.number(field).orElseThrow();
        return new Consecutive(errors, errors > 0 ? 100 : 0);
    }

    private long number(PolicyField field, long base) {
        return operators(field) ? base : policy.number(field).orElse(base);
    }

    private Duration duration(PolicyField field, Duration base) {
        return operators(field) ? base : policy.duration(field).orElse(base);
    }
}

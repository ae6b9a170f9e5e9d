package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Resilience;
import io.inmesh.xds.envoy.RouteActions.RoutingPriority;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CircuitBreakers.RetryBudget;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import io.inmesh.xds.model.cluster.OutlierDetection.FailurePercentage;
import io.inmesh.xds.model.cluster.OutlierDetection.SuccessRate;
import io.inmesh.xds.wire.Field;
import java.time.Duration;
import java.util.List;

/** {@code CircuitBreakers}, {@code OutlierDetection}. */
final class ResilienceDecoder {

    private static final OutlierDetection DEFAULT = OutlierDetection.DEFAULT;

    private ResilienceDecoder() {}

    static CircuitBreakers circuitBreakers(Fields fields) {
        List<Prioritised> all = fields.each(Resilience.CircuitBreakers.THRESHOLDS, ResilienceDecoder::prioritised);
        return new CircuitBreakers(of(all, RoutingPriority.DEFAULT), of(all, RoutingPriority.HIGH));
    }

    private static Thresholds of(List<Prioritised> all, RoutingPriority priority) {
        return all.stream()
                .filter(one -> one.priority() == priority)
                .map(Prioritised::thresholds)
                .findFirst()
                .orElse(Thresholds.DEFAULT);
    }

    private record Prioritised(RoutingPriority priority, Thresholds thresholds) {}

    private static Prioritised prioritised(Fields fields) {
        return new Prioritised(
                fields.get(Resilience.Thresholds.PRIORITY),
                new Thresholds(
                        fields.or(Resilience.Thresholds.MAX_CONNECTIONS, Thresholds.DEFAULT.maxConnections()),
                        fields.or(Resilience.Thresholds.MAX_PENDING_REQUESTS, Thresholds.DEFAULT.maxPendingRequests()),
                        fields.or(Resilience.Thresholds.MAX_REQUESTS, Thresholds.DEFAULT.maxRequests()),
                        fields.or(Resilience.Thresholds.MAX_RETRIES, Thresholds.DEFAULT.maxRetries()),
                        fields.nestedOrNull(
                                Resilience.Thresholds.RETRY_BUDGET,
                                budget -> new RetryBudget(
                                        budget.nestedOr(
                                                Resilience.RetryBudget.BUDGET_PERCENT, 20.0, LbPolicyDecoder::percent),
                                        budget.or(Resilience.RetryBudget.MIN_RETRY_CONCURRENCY, 3L),
                                        budget.or(Resilience.RetryBudget.BUDGET_INTERVAL, Duration.ZERO)))));
    }

    static OutlierDetection outlierDetection(Fields fields) {
        Duration base = fields.or(Resilience.OutlierDetection.BASE_EJECTION_TIME, DEFAULT.baseEjectionTime());
        Duration longest = base.compareTo(DEFAULT.maxEjectionTime()) > 0 ? base : DEFAULT.maxEjectionTime();
        return new OutlierDetection(
                fields.or(Resilience.OutlierDetection.INTERVAL, DEFAULT.interval()),
                base,
                fields.or(Resilience.OutlierDetection.MAX_EJECTION_TIME, longest),
                fields.or(Resilience.OutlierDetection.MAX_EJECTION_TIME_JITTER, DEFAULT.maxEjectionTimeJitter()),
                fields.or(Resilience.OutlierDetection.MAX_EJECTION_PERCENT, DEFAULT.maxEjectionPercent()),
                fields.or(Resilience.OutlierDetection.ALWAYS_EJECT_ONE_HOST, DEFAULT.alwaysEjectOneHost()),
                consecutive(
                        fields,
                        Resilience.OutlierDetection.CONSECUTIVE_5XX,
                        Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_5XX,
                        DEFAULT.consecutive5xx()),
                consecutive(
                        fields,
                        Resilience.OutlierDetection.CONSECUTIVE_GATEWAY_FAILURE,
                        Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_GATEWAY_FAILURE,
                        DEFAULT.consecutiveGatewayFailure()),
                consecutive(
                        fields,
                        Resilience.OutlierDetection.CONSECUTIVE_LOCAL_ORIGIN_FAILURE,
                        Resilience.OutlierDetection.ENFORCING_CONSECUTIVE_LOCAL_ORIGIN_FAILURE,
                        DEFAULT.consecutiveLocalOriginFailure()),
                fields.get(Resilience.OutlierDetection.SPLIT_EXTERNAL_LOCAL_ORIGIN_ERRORS),
                successRate(fields),
                failurePercentage(fields));
    }

    private static Consecutive consecutive(
            Fields fields, Field<Long> threshold, Field<Long> enforcing, Consecutive absent) {
        return new Consecutive(fields.or(threshold, absent.threshold()), fields.or(enforcing, absent.enforcing()));
    }

    private static SuccessRate successRate(Fields fields) {
        SuccessRate absent = DEFAULT.successRate();
        return new SuccessRate(
                fields.or(Resilience.OutlierDetection.SUCCESS_RATE_MINIMUM_HOSTS, absent.minimumHosts()),
                fields.or(Resilience.OutlierDetection.SUCCESS_RATE_REQUEST_VOLUME, absent.requestVolume()),
                fields.or(Resilience.OutlierDetection.SUCCESS_RATE_STDEV_FACTOR, absent.stdevFactor()),
                fields.or(Resilience.OutlierDetection.ENFORCING_SUCCESS_RATE, absent.enforcing()),
                fields.or(
                        Resilience.OutlierDetection.ENFORCING_LOCAL_ORIGIN_SUCCESS_RATE,
                        absent.enforcingLocalOrigin()));
    }

    private static FailurePercentage failurePercentage(Fields fields) {
        FailurePercentage absent = DEFAULT.failurePercentage();
        return new FailurePercentage(
                fields.or(Resilience.OutlierDetection.FAILURE_PERCENTAGE_THRESHOLD, absent.threshold()),
                fields.or(Resilience.OutlierDetection.FAILURE_PERCENTAGE_MINIMUM_HOSTS, absent.minimumHosts()),
                fields.or(Resilience.OutlierDetection.FAILURE_PERCENTAGE_REQUEST_VOLUME, absent.requestVolume()),
                fields.or(Resilience.OutlierDetection.ENFORCING_FAILURE_PERCENTAGE, absent.enforcing()),
                fields.or(
                        Resilience.OutlierDetection.ENFORCING_FAILURE_PERCENTAGE_LOCAL_ORIGIN,
                        absent.enforcingLocalOrigin()));
    }
}

package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.time.Duration;
import java.util.List;

/** {@code envoy/config/cluster/v3/circuit_breaker.proto} and {@code outlier_detection.proto}. */
public final class Resilience {

    private Resilience() {}

    /** {@code envoy.config.cluster.v3.CircuitBreakers}. */
    public static final class CircuitBreakers {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.CircuitBreakers");
        public static final Field<List<Message>> THRESHOLDS =
                D.repeated(1, "thresholds", message(() -> Thresholds.TYPE));
        public static final MessageType TYPE = D.others("per_host_thresholds=2").type();

        private CircuitBreakers() {}
    }

    /** {@code envoy.config.cluster.v3.CircuitBreakers.Thresholds}. */
    public static final class Thresholds {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.CircuitBreakers.Thresholds");
        public static final Field<RouteActions.RoutingPriority> PRIORITY =
                D.field(1, "priority", enumeration(RouteActions.RoutingPriority.class));
        public static final Field<Long> MAX_CONNECTIONS = D.field(2, "max_connections", UINT32_VALUE);
        public static final Field<Long> MAX_PENDING_REQUESTS = D.field(3, "max_pending_requests", UINT32_VALUE);
        public static final Field<Long> MAX_REQUESTS = D.field(4, "max_requests", UINT32_VALUE);
        public static final Field<Long> MAX_RETRIES = D.field(5, "max_retries", UINT32_VALUE);
        public static final Field<Boolean> TRACK_REMAINING = D.field(6, "track_remaining", BOOL);
        public static final Field<Message> RETRY_BUDGET = D.field(8, "retry_budget", message(() -> RetryBudget.TYPE));
        public static final MessageType TYPE =
                D.others("max_connection_pools=7").type();

        private Thresholds() {}
    }

    /** {@code envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget}. */
    public static final class RetryBudget {
        private static final Declaration D =
                Declaration.of("envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget");
        public static final Field<Message> BUDGET_PERCENT =
                D.field(1, "budget_percent", message(() -> Percents.Percent.TYPE));
        public static final Field<Long> MIN_RETRY_CONCURRENCY = D.field(2, "min_retry_concurrency", UINT32_VALUE);
        public static final Field<Duration> BUDGET_INTERVAL = D.field(3, "budget_interval", DURATION);
        public static final MessageType TYPE = D.type();

        private RetryBudget() {}
    }

    /** {@code envoy.config.cluster.v3.OutlierDetection}. */
    public static final class OutlierDetection {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.OutlierDetection");
        public static final Field<Long> CONSECUTIVE_5XX = D.field(1, "consecutive_5xx", UINT32_VALUE);
        public static final Field<Duration> INTERVAL = D.field(2, "interval", DURATION);
        public static final Field<Duration> BASE_EJECTION_TIME = D.field(3, "base_ejection_time", DURATION);
        public static final Field<Long> MAX_EJECTION_PERCENT = D.field(4, "max_ejection_percent", UINT32_VALUE);
        public static final Field<Long> ENFORCING_CONSECUTIVE_5XX =
                D.field(5, "enforcing_consecutive_5xx", UINT32_VALUE);
        public static final Field<Long> ENFORCING_SUCCESS_RATE = D.field(6, "enforcing_success_rate", UINT32_VALUE);
        public static final Field<Long> SUCCESS_RATE_MINIMUM_HOSTS =
                D.field(7, "success_rate_minimum_hosts", UINT32_VALUE);
        public static final Field<Long> SUCCESS_RATE_REQUEST_VOLUME =
                D.field(8, "success_rate_request_volume", UINT32_VALUE);
        public static final Field<Long> SUCCESS_RATE_STDEV_FACTOR =
                D.field(9, "success_rate_stdev_factor", UINT32_VALUE);
        public static final Field<Long> CONSECUTIVE_GATEWAY_FAILURE =
                D.field(10, "consecutive_gateway_failure", UINT32_VALUE);
        public static final Field<Long> ENFORCING_CONSECUTIVE_GATEWAY_FAILURE =
                D.field(11, "enforcing_consecutive_gateway_failure", UINT32_VALUE);
        public static final Field<Boolean> SPLIT_EXTERNAL_LOCAL_ORIGIN_ERRORS =
                D.field(12, "split_external_local_origin_errors", BOOL);
        public static final Field<Long> CONSECUTIVE_LOCAL_ORIGIN_FAILURE =
                D.field(13, "consecutive_local_origin_failure", UINT32_VALUE);
        public static final Field<Long> ENFORCING_CONSECUTIVE_LOCAL_ORIGIN_FAILURE =
                D.field(14, "enforcing_consecutive_local_origin_failure", UINT32_VALUE);
        public static final Field<Long> ENFORCING_LOCAL_ORIGIN_SUCCESS_RATE =
                D.field(15, "enforcing_local_origin_success_rate", UINT32_VALUE);
        public static final Field<Long> FAILURE_PERCENTAGE_THRESHOLD =
                D.field(16, "failure_percentage_threshold", UINT32_VALUE);
        public static final Field<Long> ENFORCING_FAILURE_PERCENTAGE =
                D.field(17, "enforcing_failure_percentage", UINT32_VALUE);
        public static final Field<Long> ENFORCING_FAILURE_PERCENTAGE_LOCAL_ORIGIN =
                D.field(18, "enforcing_failure_percentage_local_origin", UINT32_VALUE);
        public static final Field<Long> FAILURE_PERCENTAGE_MINIMUM_HOSTS =
                D.field(19, "failure_percentage_minimum_hosts", UINT32_VALUE);
        public static final Field<Long> FAILURE_PERCENTAGE_REQUEST_VOLUME =
                D.field(20, "failure_percentage_request_volume", UINT32_VALUE);
        public static final Field<Duration> MAX_EJECTION_TIME = D.field(21, "max_ejection_time", DURATION);
        public static final Field<Duration> MAX_EJECTION_TIME_JITTER =
                D.field(22, "max_ejection_time_jitter", DURATION);
        public static final Field<Boolean> ALWAYS_EJECT_ONE_HOST = D.field(25, "always_eject_one_host", BOOL_VALUE);
        public static final MessageType TYPE = D.others("successful_active_health_check_uneject_host=23 monitors=24")
                .type();

        private OutlierDetection() {}
    }
}

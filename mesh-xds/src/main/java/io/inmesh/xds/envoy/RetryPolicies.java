package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.INT32;
import static io.inmesh.xds.wire.FieldType.INT64;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;

/** Retries of {@code envoy/config/route/v3/route_components.proto} with their extensions. */
public final class RetryPolicies {

    private RetryPolicies() {}

    /** {@code envoy.config.route.v3.RetryPolicy}. */
    public static final class RetryPolicy {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RetryPolicy");
        public static final Field<String> RETRY_ON = D.field(1, "retry_on", STRING);
        public static final Field<Long> NUM_RETRIES = D.field(2, "num_retries", UINT32_VALUE);
        public static final Field<Duration> PER_TRY_TIMEOUT = D.field(3, "per_try_timeout", DURATION);
        public static final Field<Message> RETRY_PRIORITY =
                D.field(4, "retry_priority", message(() -> RetryPriority.TYPE));
        public static final Field<List<Message>> RETRY_HOST_PREDICATE =
                D.repeated(5, "retry_host_predicate", message(() -> RetryHostPredicate.TYPE));
        public static final Field<Long> HOST_SELECTION_RETRY_MAX_ATTEMPTS =
                D.field(6, "host_selection_retry_max_attempts", INT64);
        public static final Field<List<Long>> RETRIABLE_STATUS_CODES = D.repeated(7, "retriable_status_codes", UINT32);
        public static final Field<Message> RETRY_BACK_OFF =
                D.field(8, "retry_back_off", message(() -> RetryBackOff.TYPE));
        public static final Field<List<Message>> RETRIABLE_HEADERS =
                D.repeated(9, "retriable_headers", message(() -> Routes.HeaderMatcher.TYPE));
        public static final Field<List<Message>> RETRIABLE_REQUEST_HEADERS =
                D.repeated(10, "retriable_request_headers", message(() -> Routes.HeaderMatcher.TYPE));
        public static final Field<Message> RATE_LIMITED_RETRY_BACK_OFF =
                D.field(11, "rate_limited_retry_back_off", message(() -> RateLimitedRetryBackOff.TYPE));
        public static final Field<Duration> PER_TRY_IDLE_TIMEOUT = D.field(13, "per_try_idle_timeout", DURATION);
        public static final MessageType TYPE =
                D.others("retry_options_predicates=12").type();

        private RetryPolicy() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.RetryPriority}. */
    public static final class RetryPriority {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RetryPolicy.RetryPriority");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 3, "typed_config", ANY);
        public static final MessageType TYPE = D.type();

        private RetryPriority() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.RetryHostPredicate}. */
    public static final class RetryHostPredicate {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RetryPolicy.RetryHostPredicate");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 3, "typed_config", ANY);
        public static final MessageType TYPE = D.type();

        private RetryHostPredicate() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.RetryBackOff}. */
    public static final class RetryBackOff {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RetryPolicy.RetryBackOff");
        public static final Field<Duration> BASE_INTERVAL = D.field(1, "base_interval", DURATION);
        public static final Field<Duration> MAX_INTERVAL = D.field(2, "max_interval", DURATION);
        public static final MessageType TYPE = D.type();

        private RetryBackOff() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.RateLimitedRetryBackOff}. */
    public static final class RateLimitedRetryBackOff {
        private static final Declaration D =
                Declaration.of("envoy.config.route.v3.RetryPolicy.RateLimitedRetryBackOff");
        public static final Field<List<Message>> RESET_HEADERS =
                D.repeated(1, "reset_headers", message(() -> ResetHeader.TYPE));
        public static final Field<Duration> MAX_INTERVAL = D.field(2, "max_interval", DURATION);
        public static final MessageType TYPE = D.type();

        private RateLimitedRetryBackOff() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.ResetHeader}. */
    public static final class ResetHeader {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RetryPolicy.ResetHeader");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<ResetHeaderFormat> FORMAT =
                D.field(2, "format", enumeration(ResetHeaderFormat.class));
        public static final MessageType TYPE = D.type();

        private ResetHeader() {}
    }

    /** {@code envoy.config.route.v3.RetryPolicy.ResetHeaderFormat}. */
    public enum ResetHeaderFormat implements WireEnum {
        SECONDS(0),
        UNIX_TIMESTAMP(1);

        private final int number;

        ResetHeaderFormat(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate}. */
    public static final class PreviousHostsPredicate {
        private static final Declaration D =
                Declaration.of("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate");
        public static final MessageType TYPE = D.type();

        private PreviousHostsPredicate() {}
    }

    /** {@code envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig}. */
    public static final class PreviousPrioritiesConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig");
        public static final Field<Integer> UPDATE_FREQUENCY = D.field(1, "update_frequency", INT32);
        public static final MessageType TYPE = D.type();

        private PreviousPrioritiesConfig() {}
    }
}

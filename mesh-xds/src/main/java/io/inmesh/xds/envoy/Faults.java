package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.time.Duration;
import java.util.List;

/** {@code envoy/extensions/filters/http/fault/v3/fault.proto}: faults to inject. */
public final class Faults {

    private Faults() {}

    /** {@code envoy.extensions.filters.http.fault.v3.HTTPFault}. */
    public static final class HTTPFault {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.fault.v3.HTTPFault");
        public static final Field<Message> DELAY = D.field(1, "delay", message(() -> FaultDelay.TYPE));
        public static final Field<Message> ABORT = D.field(2, "abort", message(() -> FaultAbort.TYPE));
        public static final Field<String> UPSTREAM_CLUSTER = D.field(3, "upstream_cluster", STRING);
        public static final Field<List<Message>> HEADERS =
                D.repeated(4, "headers", message(() -> Routes.HeaderMatcher.TYPE));
        public static final Field<Long> MAX_ACTIVE_FAULTS = D.field(6, "max_active_faults", UINT32_VALUE);
        public static final MessageType TYPE = D.others(
                        "downstream_nodes=5 response_rate_limit=7 delay_percent_runtime=8 abort_percent_runtime=9")
                .others("delay_duration_runtime=10 abort_http_status_runtime=11 max_active_faults_runtime=12")
                .others("response_rate_limit_percent_runtime=13 abort_grpc_status_runtime=14")
                .others("disable_downstream_cluster_stats=15 filter_metadata=16")
                .type();

        private HTTPFault() {}
    }

    /** {@code envoy.extensions.filters.http.fault.v3.FaultAbort}. */
    public static final class FaultAbort {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.fault.v3.FaultAbort");
        public static final Field<Long> HTTP_STATUS = D.oneof("error_type", 2, "http_status", UINT32);
        public static final Field<Message> PERCENTAGE =
                D.field(3, "percentage", message(() -> Percents.FractionalPercent.TYPE));
        public static final Field<Long> GRPC_STATUS = D.oneof("error_type", 5, "grpc_status", UINT32);
        public static final Field<Message> HEADER_ABORT =
                D.oneof("error_type", 4, "header_abort", message(() -> HeaderAbort.TYPE));
        public static final MessageType TYPE = D.type();

        private FaultAbort() {}
    }

    /** {@code envoy.extensions.filters.http.fault.v3.FaultAbort.HeaderAbort}. */
    public static final class HeaderAbort {
        public static final MessageType TYPE = Declaration.of(
                        "envoy.extensions.filters.http.fault.v3.FaultAbort.HeaderAbort")
                .type();

        private HeaderAbort() {}
    }

    /** {@code envoy.extensions.filters.common.fault.v3.FaultDelay}. */
    public static final class FaultDelay {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.common.fault.v3.FaultDelay");
        public static final Field<Duration> FIXED_DELAY = D.oneof("fault_delay_secifier", 3, "fixed_delay", DURATION);
        public static final Field<Message> PERCENTAGE =
                D.field(4, "percentage", message(() -> Percents.FractionalPercent.TYPE));
        public static final Field<Message> HEADER_DELAY =
                D.oneof("fault_delay_secifier", 5, "header_delay", message(() -> HeaderDelay.TYPE));
        public static final MessageType TYPE = D.type();

        private FaultDelay() {}
    }

    /** {@code envoy.extensions.filters.common.fault.v3.FaultDelay.HeaderDelay}. */
    public static final class HeaderDelay {
        public static final MessageType TYPE = Declaration.of(
                        "envoy.extensions.filters.common.fault.v3.FaultDelay.HeaderDelay")
                .type();

        private HeaderDelay() {}
    }
}

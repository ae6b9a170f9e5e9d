package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.UINT64;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.TIMESTAMP;

import io.inmesh.xds.envoy.Endpoints.HealthStatus;
import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code envoy/admin/v3}: how clusters, certificates and the process are at this moment. */
public final class AdminStatus {

    private AdminStatus() {}

    /** {@code envoy.admin.v3.Clusters}. */
    public static final class Clusters {
        private static final Declaration D = Declaration.of("envoy.admin.v3.Clusters");
        public static final Field<List<Message>> CLUSTER_STATUSES =
                D.repeated(1, "cluster_statuses", message(() -> ClusterStatus.TYPE));
        public static final MessageType TYPE = D.type();

        private Clusters() {}
    }

    /** {@code envoy.admin.v3.ClusterStatus}. */
    public static final class ClusterStatus {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ClusterStatus");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Boolean> ADDED_VIA_API = D.field(2, "added_via_api", BOOL);
        public static final Field<List<Message>> HOST_STATUSES =
                D.repeated(4, "host_statuses", message(() -> HostStatus.TYPE));
        public static final Field<Message> CIRCUIT_BREAKERS =
                D.field(6, "circuit_breakers", message(() -> Resilience.CircuitBreakers.TYPE));
        public static final Field<String> OBSERVABILITY_NAME = D.field(7, "observability_name", STRING);
        public static final Field<String> EDS_SERVICE_NAME = D.field(8, "eds_service_name", STRING);
        public static final MessageType TYPE = D.others(
                        "success_rate_ejection_threshold=3 local_origin_success_rate_ejection_threshold=5")
                .type();

        private ClusterStatus() {}
    }

    /** {@code envoy.admin.v3.HostStatus}. */
    public static final class HostStatus {
        private static final Declaration D = Declaration.of("envoy.admin.v3.HostStatus");
        public static final Field<Message> ADDRESS = D.field(1, "address", message(() -> CoreAddress.Address.TYPE));
        public static final Field<List<Message>> STATS = D.repeated(2, "stats", message(() -> SimpleMetric.TYPE));
        public static final Field<Message> HEALTH_STATUS =
                D.field(3, "health_status", message(() -> HostHealthStatus.TYPE));
        public static final Field<Long> WEIGHT = D.field(5, "weight", UINT32);
        public static final Field<String> HOSTNAME = D.field(6, "hostname", STRING);
        public static final Field<Long> PRIORITY = D.field(7, "priority", UINT32);
        public static final Field<Message> LOCALITY = D.field(9, "locality", message(() -> CoreBase.Locality.TYPE));
        public static final MessageType TYPE =
                D.others("success_rate=4 local_origin_success_rate=8").type();

        private HostStatus() {}
    }

    /** {@code envoy.admin.v3.HostHealthStatus}. */
    public static final class HostHealthStatus {
        private static final Declaration D = Declaration.of("envoy.admin.v3.HostHealthStatus");
        public static final Field<Boolean> FAILED_OUTLIER_CHECK = D.field(2, "failed_outlier_check", BOOL);
        public static final Field<HealthStatus> EDS_HEALTH_STATUS =
                D.field(3, "eds_health_status", enumeration(HealthStatus.class));
        public static final MessageType TYPE = D.others("failed_active_health_check=1 failed_active_degraded_check=4")
                .others("pending_dynamic_removal=5 pending_active_hc=6 excluded_via_immediate_hc_fail=7")
                .others("active_hc_timeout=8")
                .type();

        private HostHealthStatus() {}
    }

    /** {@code envoy.admin.v3.SimpleMetric}. */
    public static final class SimpleMetric {
        private static final Declaration D = Declaration.of("envoy.admin.v3.SimpleMetric");
        public static final Field<Metric> METRIC = D.field(1, "type", enumeration(Metric.class));
        public static final Field<Long> VALUE = D.field(2, "value", UINT64);
        public static final Field<String> NAME = D.field(3, "name", STRING);
        public static final MessageType TYPE = D.type();

        private SimpleMetric() {}
    }

    /** {@code envoy.admin.v3.Certificates}. */
    public static final class Certificates {
        private static final Declaration D = Declaration.of("envoy.admin.v3.Certificates");
        public static final Field<List<Message>> CERTIFICATES =
                D.repeated(1, "certificates", message(() -> Certificate.TYPE));
        public static final MessageType TYPE = D.type();

        private Certificates() {}
    }

    /** {@code envoy.admin.v3.Certificate}. */
    public static final class Certificate {
        private static final Declaration D = Declaration.of("envoy.admin.v3.Certificate");
        public static final Field<List<Message>> CA_CERT =
                D.repeated(1, "ca_cert", message(() -> CertificateDetails.TYPE));
        public static final Field<List<Message>> CERT_CHAIN =
                D.repeated(2, "cert_chain", message(() -> CertificateDetails.TYPE));
        public static final MessageType TYPE = D.type();

        private Certificate() {}
    }

    /** {@code envoy.admin.v3.CertificateDetails}. */
    public static final class CertificateDetails {
        private static final Declaration D = Declaration.of("envoy.admin.v3.CertificateDetails");
        public static final Field<String> PATH = D.field(1, "path", STRING);
        public static final Field<String> SERIAL_NUMBER = D.field(2, "serial_number", STRING);
        public static final Field<List<Message>> SUBJECT_ALT_NAMES =
                D.repeated(3, "subject_alt_names", message(() -> SubjectAlternateName.TYPE));
        public static final Field<Long> DAYS_UNTIL_EXPIRATION = D.field(4, "days_until_expiration", UINT64);
        public static final Field<Instant> VALID_FROM = D.field(5, "valid_from", TIMESTAMP);
        public static final Field<Instant> EXPIRATION_TIME = D.field(6, "expiration_time", TIMESTAMP);
        public static final MessageType TYPE = D.others("ocsp_details=7").type();

        private CertificateDetails() {}
    }

    /** {@code envoy.admin.v3.SubjectAlternateName}. */
    public static final class SubjectAlternateName {
        private static final Declaration D = Declaration.of("envoy.admin.v3.SubjectAlternateName");
        public static final Field<String> DNS = D.oneof("name", 1, "dns", STRING);
        public static final Field<String> URI = D.oneof("name", 2, "uri", STRING);
        public static final MessageType TYPE = D.others("ip_address=3").type();

        private SubjectAlternateName() {}
    }

    /** {@code envoy.admin.v3.ServerInfo}. */
    public static final class ServerInfo {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ServerInfo");
        public static final Field<String> VERSION = D.field(1, "version", STRING);
        public static final Field<State> STATE = D.field(2, "state", enumeration(State.class));
        public static final Field<Duration> UPTIME_CURRENT_EPOCH = D.field(3, "uptime_current_epoch", DURATION);
        public static final Field<Duration> UPTIME_ALL_EPOCHS = D.field(4, "uptime_all_epochs", DURATION);
        public static final Field<Message> NODE = D.field(7, "node", message(() -> CoreBase.Node.TYPE));
        public static final MessageType TYPE =
                D.others("hot_restart_version=5 command_line_options=6").type();

        private ServerInfo() {}
    }

    /** {@code envoy.admin.v3.ServerInfo.State}. */
    public enum State implements WireEnum {
        LIVE(0),
        DRAINING(1),
        PRE_INITIALIZING(2),
        INITIALIZING(3);

        private final int number;

        State(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.admin.v3.SimpleMetric.Type}. */
    public enum Metric implements WireEnum {
        COUNTER(0),
        GAUGE(1);

        private final int number;

        Metric(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

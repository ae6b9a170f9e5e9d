package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.DURATION;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;

/** {@code envoy/extensions/filters/network/http_connection_manager/v3}: HTTP on connections. */
public final class HttpManagers {

    private HttpManagers() {}

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager}. */
    public static final class HttpConnectionManager {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager");
        public static final Field<CodecType> CODEC_TYPE = D.field(1, "codec_type", enumeration(CodecType.class));
        public static final Field<String> STAT_PREFIX = D.field(2, "stat_prefix", STRING);
        public static final Field<Message> RDS = D.oneof("route_specifier", 3, "rds", message(() -> Rds.TYPE));
        public static final Field<Message> ROUTE_CONFIG =
                D.oneof("route_specifier", 4, "route_config", message(() -> Routes.RouteConfiguration.TYPE));
        public static final Field<List<Message>> HTTP_FILTERS =
                D.repeated(5, "http_filters", message(() -> HttpFilter.TYPE));
        public static final Field<String> SERVER_NAME = D.field(10, "server_name", STRING);
        public static final Field<List<Message>> ACCESS_LOG =
                D.repeated(13, "access_log", message(() -> AccessLogs.AccessLog.TYPE));
        public static final Field<Boolean> USE_REMOTE_ADDRESS = D.field(14, "use_remote_address", BOOL_VALUE);
        public static final Field<ForwardClientCertDetails> FORWARD_CLIENT_CERT_DETAILS =
                D.field(16, "forward_client_cert_details", enumeration(ForwardClientCertDetails.class));
        public static final Field<Message> SET_CURRENT_CLIENT_CERT_DETAILS =
                D.field(17, "set_current_client_cert_details", message(() -> SetCurrentClientCertDetails.TYPE));
        public static final Field<Boolean> PROXY_100_CONTINUE = D.field(18, "proxy_100_continue", BOOL);
        public static final Field<Long> XFF_NUM_TRUSTED_HOPS = D.field(19, "xff_num_trusted_hops", UINT32);
        public static final Field<Boolean> SKIP_XFF_APPEND = D.field(21, "skip_xff_append", BOOL);
        public static final Field<List<Message>> UPGRADE_CONFIGS =
                D.repeated(23, "upgrade_configs", message(() -> UpgradeConfig.TYPE));
        public static final Field<Duration> STREAM_IDLE_TIMEOUT = D.field(24, "stream_idle_timeout", DURATION);
        public static final Field<Duration> REQUEST_TIMEOUT = D.field(28, "request_timeout", DURATION);
        public static final Field<Boolean> NORMALIZE_PATH = D.field(30, "normalize_path", BOOL_VALUE);
        public static final Field<Boolean> MERGE_SLASHES = D.field(33, "merge_slashes", BOOL);
        public static final Field<Message> COMMON_HTTP_PROTOCOL_OPTIONS =
                D.field(35, "common_http_protocol_options", message(() -> CoreProtocol.HttpProtocolOptions.TYPE));
        public static final Field<PathWithEscapedSlashesAction> PATH_WITH_ESCAPED_SLASHES_ACTION =
                D.field(45, "path_with_escaped_slashes_action", enumeration(PathWithEscapedSlashesAction.class));
        public static final MessageType TYPE = D.others(
                        "add_user_agent=6 tracing=7 http_protocol_options=8 http2_protocol_options=9")
                .others("drain_timeout=12 generate_request_id=15")
                .others("represent_ipv4_remote_address_as_ipv4_mapped_ipv6=20 via=22 internal_address_config=25")
                .others("delayed_close_timeout=26 max_request_headers_kb=29 scoped_routes=31")
                .others("preserve_external_request_id=32 server_header_transformation=34 request_id_extension=36")
                .others("always_set_request_id_in_response=37 local_reply_config=38 strip_matching_host_port=39")
                .others("stream_error_on_invalid_http_message=40 request_headers_timeout=41 strip_any_host_port=42")
                .others("path_normalization_options=43 http3_protocol_options=44")
                .others("original_ip_detection_extensions=46 strip_trailing_host_dot=47")
                .others("scheme_header_transformation=48 proxy_status_config=49 typed_header_validation_config=50")
                .others("append_x_forwarded_port=51 early_header_mutation_extensions=52")
                .others("add_proxy_protocol_connection_state=53 access_log_flush_interval=54")
                .others("flush_access_log_on_new_request=55 access_log_options=56 append_local_overload=57")
                .others("http1_safe_max_connection_duration=58")
                .type();

        private HttpConnectionManager() {}
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails}. */
    public static final class SetCurrentClientCertDetails {
        private static final Declaration D = Declaration.of(
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails");
        public static final Field<Boolean> SUBJECT = D.field(1, "subject", BOOL_VALUE);
        public static final Field<Boolean> CERT = D.field(3, "cert", BOOL);
        public static final Field<Boolean> DNS = D.field(4, "dns", BOOL);
        public static final Field<Boolean> URI = D.field(5, "uri", BOOL);
        public static final Field<Boolean> CHAIN = D.field(6, "chain", BOOL);
        public static final MessageType TYPE = D.type();

        private SetCurrentClientCertDetails() {}
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig}. */
    public static final class UpgradeConfig {
        private static final Declaration D = Declaration.of(
                "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig");
        public static final Field<String> UPGRADE_TYPE = D.field(1, "upgrade_type", STRING);
        public static final Field<Boolean> ENABLED = D.field(3, "enabled", BOOL_VALUE);
        public static final MessageType TYPE = D.others("filters=2").type();

        private UpgradeConfig() {}
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.Rds}. */
    public static final class Rds {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.network.http_connection_manager.v3.Rds");
        public static final Field<Message> CONFIG_SOURCE =
                D.field(1, "config_source", message(() -> CoreConfigSource.ConfigSource.TYPE));
        public static final Field<String> ROUTE_CONFIG_NAME = D.field(2, "route_config_name", STRING);
        public static final MessageType TYPE = D.type();

        private Rds() {}
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter}. */
    public static final class HttpFilter {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 4, "typed_config", ANY);
        public static final Field<Boolean> IS_OPTIONAL = D.field(6, "is_optional", BOOL);
        public static final Field<Boolean> DISABLED = D.field(7, "disabled", BOOL);
        public static final MessageType TYPE = D.others("config_discovery=5").type();

        private HttpFilter() {}
    }

    /** {@code envoy.extensions.filters.http.router.v3.Router}. */
    public static final class Router {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.http.router.v3.Router");
        public static final MessageType TYPE = D.others(
                        "dynamic_stats=1 start_child_span=2 upstream_log=3 suppress_envoy_headers=4")
                .others("strict_check_headers=5 respect_expected_rq_timeout=6")
                .others("suppress_grpc_request_failure_code_stats=7 upstream_http_filters=8 upstream_log_options=9")
                .type();

        private Router() {}
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.CodecType}. */
    public enum CodecType implements WireEnum {
        AUTO(0),
        HTTP1(1),
        HTTP2(2),
        HTTP3(3);

        private final int number;

        CodecType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails}. */
    public enum ForwardClientCertDetails implements WireEnum {
        SANITIZE(0),
        FORWARD_ONLY(1),
        APPEND_FORWARD(2),
        SANITIZE_SET(3),
        ALWAYS_FORWARD_ONLY(4);

        private final int number;

        ForwardClientCertDetails(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction}. */
    public enum PathWithEscapedSlashesAction implements WireEnum {
        IMPLEMENTATION_SPECIFIC_DEFAULT(0),
        KEEP_UNCHANGED(1),
        REJECT_REQUEST(2),
        UNESCAPE_AND_REDIRECT(3),
        UNESCAPE_AND_FORWARD(4);

        private final int number;

        PathWithEscapedSlashesAction(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

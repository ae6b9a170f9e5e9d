package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.time.Duration;

/** {@code envoy/config/core/v3/protocol.proto}: options of HTTP. */
public final class CoreProtocol {

    private CoreProtocol() {}

    /** {@code envoy.config.core.v3.HttpProtocolOptions}. */
    public static final class HttpProtocolOptions {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.HttpProtocolOptions");
        public static final Field<Duration> IDLE_TIMEOUT = D.field(1, "idle_timeout", DURATION);
        public static final Field<Duration> MAX_CONNECTION_DURATION = D.field(3, "max_connection_duration", DURATION);
        public static final Field<Duration> MAX_STREAM_DURATION = D.field(4, "max_stream_duration", DURATION);
        public static final Field<Long> MAX_REQUESTS_PER_CONNECTION =
                D.field(6, "max_requests_per_connection", UINT32_VALUE);
        public static final MessageType TYPE = D.others(
                        "max_headers_count=2 headers_with_underscores_action=5 max_response_headers_kb=7")
                .type();

        private HttpProtocolOptions() {}
    }

    /** {@code envoy.config.core.v3.Http1ProtocolOptions}. */
    public static final class Http1ProtocolOptions {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Http1ProtocolOptions");
        public static final MessageType TYPE = D.others(
                        "allow_absolute_url=1 accept_http_10=2 default_host_for_http_10=3 header_key_format=4")
                .others("enable_trailers=5 allow_chunked_length=6 override_stream_error_on_invalid_http_message=7")
                .others("send_fully_qualified_url=8 use_balsa_parser=9 allow_custom_methods=10")
                .others("ignore_http_11_upgrade=11")
                .type();

        private Http1ProtocolOptions() {}
    }

    /** {@code envoy.config.core.v3.Http2ProtocolOptions}. */
    public static final class Http2ProtocolOptions {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.Http2ProtocolOptions");
        public static final Field<Long> MAX_CONCURRENT_STREAMS = D.field(2, "max_concurrent_streams", UINT32_VALUE);
        public static final Field<Message> CONNECTION_KEEPALIVE =
                D.field(15, "connection_keepalive", message(() -> KeepaliveSettings.TYPE));
        public static final MessageType TYPE = D.others(
                        "hpack_table_size=1 initial_stream_window_size=3 initial_connection_window_size=4")
                .others("allow_connect=5 allow_metadata=6 max_outbound_frames=7 max_outbound_control_frames=8")
                .others("max_consecutive_inbound_frames_with_empty_payload=9")
                .others("max_inbound_priority_frames_per_stream=10")
                .others("max_inbound_window_update_frames_per_data_frame_sent=11")
                .others("stream_error_on_invalid_http_messaging=12 custom_settings_parameters=13")
                .others("override_stream_error_on_invalid_http_message=14")
                .others("use_oghttp2_codec=16 max_metadata_size=17")
                .type();

        private Http2ProtocolOptions() {}
    }

    /** {@code envoy.config.core.v3.KeepaliveSettings}. */
    public static final class KeepaliveSettings {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.KeepaliveSettings");
        public static final Field<Duration> INTERVAL = D.field(1, "interval", DURATION);
        public static final Field<Duration> TIMEOUT = D.field(2, "timeout", DURATION);
        public static final MessageType TYPE =
                D.others("interval_jitter=3 connection_idle_interval=4").type();

        private KeepaliveSettings() {}
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.MeshConfig;
import io.inmesh.xds.envoy.AccessLogs.AccessLog;
import io.inmesh.xds.envoy.AccessLogs.FileAccessLog;
import io.inmesh.xds.envoy.AccessLogs.SubstitutionFormatString;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MeshConfig {@code accessLogFile}, {@code accessLogEncoding} and {@code accessLogFormat}, for Envoys.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/observability/logs/access-log/">Istio, access logs</a>
 */
final class AccessLogTranslation {

    /** What Istio's lines tell, in their order: the key in JSON, and Envoy's command. */
    private static final String[][] PARTS = {
        {"start_time", "%START_TIME%"},
        {"method", "%REQ(:METHOD)%"},
        {"path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"},
        {"protocol", "%PROTOCOL%"},
        {"response_code", "%RESPONSE_CODE%"},
        {"response_flags", "%RESPONSE_FLAGS%"},
        {"response_code_details", "%RESPONSE_CODE_DETAILS%"},
        {"connection_termination_details", "%CONNECTION_TERMINATION_DETAILS%"},
        {"upstream_transport_failure_reason", "%UPSTREAM_TRANSPORT_FAILURE_REASON%"},
        {"bytes_received", "%BYTES_RECEIVED%"},
        {"bytes_sent", "%BYTES_SENT%"},
        {"duration", "%DURATION%"},
        {"upstream_service_time", "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"},
        {"x_forwarded_for", "%REQ(X-FORWARDED-FOR)%"},
        {"user_agent", "%REQ(USER-AGENT)%"},
        {"request_id", "%REQ(X-REQUEST-ID)%"},
        {"authority", "%REQ(:AUTHORITY)%"},
        {"upstream_host", "%UPSTREAM_HOST%"},
        {"upstream_cluster", "%UPSTREAM_CLUSTER_RAW%"},
        {"upstream_local_address", "%UPSTREAM_LOCAL_ADDRESS%"},
        {"downstream_local_address", "%DOWNSTREAM_LOCAL_ADDRESS%"},
        {"downstream_remote_address", "%DOWNSTREAM_REMOTE_ADDRESS%"},
        {"requested_server_name", "%REQUESTED_SERVER_NAME%"},
        {"route_name", "%ROUTE_NAME%"},
    };

    /** Which of them stand together, and which in quotes. */
    private static final String LINE =
            "[0] \"1 2 3\" 4 5 6 7 \"8\" 9 10 11 12 \"13\" \"14\" \"15\" \"16\" \"17\" 18 19 20 21 22 23";

    private AccessLogTranslation() {}

    static List<Message> of(Optional<MeshConfig.AccessLog> written) {
        return written.map(log -> List.of(Message.of(AccessLog.TYPE)
                        .with(AccessLog.NAME, "envoy.access_loggers.file")
                        .with(
                                AccessLog.TYPED_CONFIG,
                                Any.pack(Message.of(FileAccessLog.TYPE)
                                        .with(FileAccessLog.PATH, log.file())
                                        .with(FileAccessLog.LOG_FORMAT, format(log))))))
                .orElse(List.of());
    }

    private static Message format(MeshConfig.AccessLog log) {
        Message format = Message.of(SubstitutionFormatString.TYPE);
        if (log.json()) {
            return format.with(
                    SubstitutionFormatString.JSON_FORMAT, Struct.of(log.parts().isEmpty() ? json() : log.parts()));
        }
        String text = log.text().isEmpty() ? line() : log.text();
        return format.with(
                SubstitutionFormatString.TEXT_FORMAT_SOURCE,
                Message.of(DataSource.TYPE).with(DataSource.INLINE_STRING, text.endsWith("\n") ? text : text + "\n"));
    }

    private static Map<String, String> json() {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String[] part : PARTS) {
            parts.put(part[0], part[1]);
        }
        return parts;
    }

    private static String line() {
        StringBuilder line = new StringBuilder();
        int number = -1;
        for (char each : (LINE + "\n").toCharArray()) {
            if (Character.isDigit(each)) {
                number = Math.max(number, 0) * 10 + Character.digit(each, 10);
            } else {
                if (number >= 0) {
                    line.append(PARTS[number][1]);
                    number = -1;
                }
                line.append(each);
            }
        }
        return line.toString();
    }
}

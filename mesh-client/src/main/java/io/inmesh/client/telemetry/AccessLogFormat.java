package io.inmesh.client.telemetry;

import io.inmesh.api.spi.CallReport;
import io.inmesh.xds.wire.JsonText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a line looks. What is not known is {@code -}, or null in JSON; flags are never null, as in Envoy. */
public enum AccessLogFormat {
    /** Istio's default, the same fields at the same places. */
    TEXT {
        @Override
        void append(StringBuilder out, AccessLogEntry entry) {
            AccessLogEntry.Head head = entry.head();
            CallReport call = entry.call();
            CallReport.Transfer transfer = call.transfer();
            out.append('[').append(START.format(head.start())).append("] \"");
            out.append(head.method())
                    .append(' ')
                    .append(dash(head.path()))
                    .append(' ')
                    .append(dash(transfer.protocol()));
            out.append("\" ").append(call.status());
            word(out, entry.flags());
            word(out, call.details());
            word(out, "");
            quoted(out, AccessLogEntry.oneWord(transfer.transportFailure()));
            word(out, Long.toString(AccessLogEntry.bytes(transfer.requestBytes())));
            word(out, Long.toString(AccessLogEntry.bytes(transfer.responseBytes())));
            word(out, Long.toString(call.duration().toMillis()));
            word(out, transfer.serviceMillis() < 0 ? "" : Long.toString(transfer.serviceMillis()));
            quoted(out, head.forwardedFor());
            quoted(out, head.userAgent());
            quoted(out, entry.requestId());
            quoted(out, head.authority());
            quoted(out, transfer.upstream());
            word(out, call.route().cluster());
            word(out, transfer.upstreamLocal());
            word(out, transfer.downstreamLocal());
            word(out, transfer.downstreamRemote());
            word(out, transfer.serverName());
            word(out, call.route().route());
        }
    },
    /** The same as an object, with what Istio's format has no place for: which side reports, the attempts, the peer's identity. */
    JSON {
        @Override
        void append(StringBuilder out, AccessLogEntry entry) {
            AccessLogEntry.Head head = entry.head();
            CallReport call = entry.call();
            CallReport.Transfer transfer = call.transfer();
            JsonText json = JsonText.compact();
            json.beginObject();
            json.member("start_time", START.format(head.start()));
            text(json, "method", head.method());
            text(json, "path", head.path());
            text(json, "protocol", transfer.protocol());
            json.member("response_code", call.status());
            json.member("response_flags", dash(entry.flags()));
            text(json, "response_code_details", call.details());
            text(json, "connection_termination_details", "");
            text(json, "upstream_transport_failure_reason", AccessLogEntry.oneWord(transfer.transportFailure()));
            json.member("bytes_received", AccessLogEntry.bytes(transfer.requestBytes()));
            json.member("bytes_sent", AccessLogEntry.bytes(transfer.responseBytes()));
            json.member("duration", call.duration().toMillis());
            text(
                    json,
                    "upstream_service_time",
                    transfer.serviceMillis() < 0 ? "" : Long.toString(transfer.serviceMillis()));
            text(json, "x_forwarded_for", head.forwardedFor());
            text(json, "user_agent", head.userAgent());
            text(json, "request_id", entry.requestId());
            text(json, "authority", head.authority());
            text(json, "upstream_host", transfer.upstream());
            text(json, "upstream_cluster", call.route().cluster());
            text(json, "upstream_local_address", transfer.upstreamLocal());
            text(json, "downstream_local_address", transfer.downstreamLocal());
            text(json, "downstream_remote_address", transfer.downstreamRemote());
            text(json, "requested_server_name", transfer.serverName());
            text(json, "route_name", call.route().route());
            text(json, "reporter", head.reporter().name().toLowerCase(Locale.ROOT));
            json.member("attempts", call.attempts());
            text(json, "peer_principal", call.mutualTls() ? call.peer().principal() : "");
            json.endObject();
            out.append(json);
        }
    };

    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    abstract void append(StringBuilder out, AccessLogEntry entry);

    private static void word(StringBuilder out, String value) {
        out.append(' ').append(dash(value));
    }

    private static void quoted(StringBuilder out, @Nullable String value) {
        out.append(" \"").append(dash(value)).append('"');
    }

    /** A line break of a caller's must not begin a line of ours. */
    private static String dash(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "-";
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return value.replaceAll("\\p{Cntrl}", "?");
            }
        }
        return value;
    }

    private static void text(JsonText json, String name, @Nullable String value) {
        json.key(name);
        if (value == null || value.isEmpty()) {
            json.literal("null");
        } else {
            json.string(value);
        }
    }
}

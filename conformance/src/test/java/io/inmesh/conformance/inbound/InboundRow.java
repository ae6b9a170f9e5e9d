package io.inmesh.conformance.inbound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of one caller.
 *
 * @param caller {@code plain}, {@code nocert}, or a certificate of {@link Certificates}
 * @param bytes what goes over the connection, but for {@link Placeholders}, which are filled in when it does
 * @param expected Envoy's status, or {@code closed}
 * @param seen headers that the application is told and that must agree; {@code :path} for the target
 * @param body what Envoy's body must hold; empty: whatever
 * @param differs why we answer otherwise, by our server, or under {@code all}; who is not there must not
 */
record InboundRow(
        String caller,
        List<String> alpn,
        @Nullable String serverName,
        String bytes,
        String expected,
        List<String> seen,
        String body,
        Map<String, String> differs) {

    private static final List<String> ISTIO = List.of("istio-http/1.1", "istio", "http/1.1");

    InboundRow {
        alpn = List.copyOf(alpn);
        seen = List.copyOf(seen);
        differs = Map.copyOf(differs);
    }

    /** A row as it is written: caller, method, path, expected status, and what else there is to say. */
    static InboundRow read(List<?> written) {
        Map<?, ?> more = written.size() > 4 ? (Map<?, ?>) written.get(4) : Map.of();
        StringBuilder request = new StringBuilder();
        request.append(written.get(1)).append(' ').append(written.get(2)).append(" HTTP/1.1\r\n");
        List<String> headers = texts(more, "headers", List.of());
        if (headers.stream().noneMatch(line -> line.regionMatches(true, 0, "host:", 0, 5))) {
            request.append("Host: httpbin\r\n");
        }
        headers.forEach(line -> request.append(line).append("\r\n"));
        request.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
        Object raw = more.get("raw");
        String bytes = raw == null ? request.toString() : String.valueOf(raw);
        return new InboundRow(
                String.valueOf(written.get(0)),
                texts(more, "alpn", ISTIO),
                more.containsKey("sni") ? String.valueOf(more.get("sni")) : null,
                bytes,
                String.valueOf(written.get(3)),
                texts(more, "seen", List.of()),
                more.containsKey("body") ? String.valueOf(more.get("body")) : "",
                reasons(more.get("differs")));
    }

    /** Why a server of ours answers otherwise; empty: it must not. */
    String differs(String server) {
        return differs.getOrDefault(server, differs.getOrDefault("all", ""));
    }

    private static Map<String, String> reasons(@Nullable Object written) {
        if (written instanceof Map<?, ?> byServer) {
            Map<String, String> reasons = new HashMap<>();
            byServer.forEach((server, reason) -> reasons.put(String.valueOf(server), String.valueOf(reason)));
            return reasons;
        }
        return written == null ? Map.of() : Map.of("all", String.valueOf(written));
    }

    String name() {
        String line = bytes.lines().findFirst().orElse("");
        return caller + (alpn.equals(ISTIO) ? "" : " " + alpn) + " "
                + (line.length() > 90 ? line.substring(0, 90) : line) + " -> " + expected;
    }

    private static List<String> texts(Map<?, ?> more, String name, List<String> otherwise) {
        return more.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : otherwise;
    }
}

package io.inmesh.conformance.inbound;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a caller got.
 *
 * @param status three digits, or {@code closed}
 * @param headers by name in lower case
 */
record InboundAnswer(String status, Map<String, String> headers, String body) {

    static final InboundAnswer CLOSED = new InboundAnswer("closed", Map.of(), "");

    static InboundAnswer parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || text.length() < 12) {
            return CLOSED;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        return new InboundAnswer(text.substring(9, 12), headers, text.substring(end + 4));
    }

    /** Whether one answer with a content length is there; else the end of the connection ends it. */
    static boolean complete(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        return text.substring(0, end)
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .anyMatch(length -> text.length() - end - 4 >= length);
    }

    /** What rows compare: the status, for a refusal its text and challenge, else what the application saw. */
    String compared(List<String> seen) {
        StringBuilder compared = new StringBuilder(status);
        if (status.equals("401") || status.equals("403")) {
            compared.append(' ').append(body);
            compared.append(' ').append(challenge());
        }
        for (String name : seen) {
            compared.append(" | ").append(name).append(": ").append(told(name));
        }
        return compared.toString();
    }

    /** The port in it is each server's own. */
    private String challenge() {
        return headers.getOrDefault("www-authenticate", "");
    }

    private String told(String name) {
        return body.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("(none)");
    }
}

package io.inmesh.client.compile;

import io.inmesh.client.route.HeaderContext;
import io.inmesh.client.route.HeaderValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Envoy's format strings: text, {@code %%}, and commands such as {@code %REQ(x-a?x-b):8%}. */
final class HeaderFormat {

    private static final Pattern COMMAND =
            Pattern.compile("%(?:%|([A-Z][A-Z0-9_]*)(?:\\(([^()]*)\\))?(?::(\\d{1,6}))?%)");

    private static final Map<String, HeaderContext.Fact> FACTS = Map.of(
            "ROUTE_NAME", HeaderContext.Fact.ROUTE_NAME,
            "UPSTREAM_CLUSTER", HeaderContext.Fact.UPSTREAM_CLUSTER,
            "UPSTREAM_CLUSTER_RAW", HeaderContext.Fact.UPSTREAM_CLUSTER,
            "RESPONSE_CODE", HeaderContext.Fact.RESPONSE_CODE,
            "RESPONSE_FLAGS", HeaderContext.Fact.RESPONSE_FLAGS);

    private HeaderFormat() {}

    /**
     * Compiles a format.
     *
     * @throws UnsupportedOperationException if it has a command that means nothing here; the message names it
     */
    static HeaderValue compile(String format) {
        if (format.indexOf('%') < 0) {
            return new HeaderValue.Fixed(format);
        }
        List<HeaderValue> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher command = COMMAND.matcher(format);
        int at = 0;
        while (at < format.length()) {
            if (format.charAt(at) != '%') {
                literal.append(format.charAt(at++));
            } else if (!command.find(at) || command.start() != at) {
                throw new UnsupportedOperationException(format.substring(at));
            } else {
                at = command.end();
                if (command.group(1) == null) {
                    literal.append('%');
                } else {
                    flush(literal, parts);
                    parts.add(value(command));
                }
            }
        }
        flush(literal, parts);
        return parts.size() == 1 ? parts.get(0) : new HeaderValue.Joined(parts);
    }

    private static void flush(StringBuilder literal, List<HeaderValue> parts) {
        if (!literal.isEmpty()) {
            parts.add(new HeaderValue.Fixed(literal.toString()));
            literal.setLength(0);
        }
    }

    private static HeaderValue value(Matcher command) {
        String name = command.group(1);
        String arguments = command.group(2);
        int length = command.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(command.group(3));
        HeaderContext.Fact fact = FACTS.get(name);
        if (fact != null && arguments == null && command.group(3) == null) {
            return new HeaderValue.OfCall(fact);
        }
        if (!(name.equals("REQ") || name.equals("RESP")) || arguments == null || arguments.isEmpty()) {
            throw new UnsupportedOperationException(name);
        }
        String[] names = arguments.toLowerCase(Locale.ROOT).split("\\?", 2);
        return new HeaderValue.OfHeader(!name.equals("RESP"), names[0], names.length == 1 ? null : names[1], length);
    }
}

package io.inmesh.client.authz;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides on one header. A name may come on several lines, and a line may hold a list; handlers differ in which part they believe
 * (CVE-2026-26308). So the answer is certain only if every reading gives it: the lines joined, as Envoy matches them, each line,
 * and, where the whole does not match, each element of a list. Immutable.
 */
record HeaderRule(String name, Predicate<String> value, boolean missingAsEmpty) implements Rule {

    HeaderRule {
        name = name.toLowerCase(Locale.ROOT);
        // Envoy knows the Host header as :authority only.
        name = name.equals("host") ? ":authority" : name;
    }

    @Override
    public Certainty matches(InboundRequest request) {
        Certainty matches = matchesAsSent(request);
        Certainty missing = Certainty.of(missingAsEmpty && value.test(""));
        return matches != missing && ConnectionOptions.names(request.head(), name) ? Certainty.UNKNOWN : matches;
    }

    private Certainty matchesAsSent(InboundRequest request) {
        String whole = value(request, name);
        if (whole == null) {
            return Certainty.of(missingAsEmpty && value.test(""));
        }
        if (name.charAt(0) == ':') {
            return name.equals(":authority") ? authorityMatches(whole) : Certainty.of(value.test(whole));
        }
        return linesMatch(request.head().headerValues(name), whole);
    }

    /** The same host may be written with a port or as a rooted name; what only such a variant matches is not certain. */
    private Certainty authorityMatches(String authority) {
        if (value.test(authority)) {
            return Certainty.YES;
        }
        int port = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        String unrooted = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return value.test(host) || value.test(unrooted) ? Certainty.UNKNOWN : Certainty.NO;
    }

    private Certainty linesMatch(List<String> lines, String whole) {
        boolean wholeMatches = value.test(whole);
        boolean some = wholeMatches;
        boolean all = wholeMatches;
        for (int i = 0; lines.size() > 1 && i < lines.size(); i++) {
            boolean matches = value.test(lines.get(i));
            some |= matches;
            all &= matches;
        }
        if (all) {
            return Certainty.YES;
        }
        return some || anyElementMatches(whole) ? Certainty.UNKNOWN : Certainty.NO;
    }

    private boolean anyElementMatches(String whole) {
        int start = 0;
        int comma = whole.indexOf(',');
        boolean list = comma >= 0;
        while (list && start <= whole.length()) {
            int end = comma < 0 ? whole.length() : comma;
            if (value.test(whole.substring(start, end).strip())) {
                return true;
            }
            start = end + 1;
            comma = whole.indexOf(',', start);
        }
        return false;
    }

    static @Nullable String value(InboundRequest request, String name) {
        return switch (name) {
            case ":method" -> request.head().method();
            case ":authority" -> request.head().authority();
            case ":scheme" -> request.head().scheme();
            case ":path" -> request.head().path();
            default -> name.startsWith(":") ? null : request.head().header(name);
        };
    }
}

package io.inmesh.client.match;

import io.inmesh.api.http.MeshHeaders;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides on one header or pseudo header of a request or a response. Of several lines of one name each counts by itself, and one that satisfies the
 * condition is enough (Envoy before 1.39 joined them). A header that is absent matches neither a condition on its value nor that
 * condition inverted, unless absence is to be treated as the empty value.
 * Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy, HeaderMatcher</a>
 */
public final class HeaderMatcher {

    private final String name;
    private final @Nullable Condition condition;
    private final String words;
    private final boolean present;
    private final boolean invert;
    private final boolean treatMissingAsEmpty;

    private HeaderMatcher(
            String name,
            @Nullable Condition condition,
            String words,
            boolean present,
            boolean invert,
            boolean treatMissingAsEmpty) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.condition = condition;
        this.words = words;
        this.present = present;
        this.invert = invert;
        this.treatMissingAsEmpty = treatMissingAsEmpty;
    }

    /** The header is there, or with {@code present} false is not. */
    public static HeaderMatcher present(String name, boolean present, boolean invert, boolean treatMissingAsEmpty) {
        return new HeaderMatcher(name, null, present ? "present" : "absent", present, invert, treatMissingAsEmpty);
    }

    /** The header's value satisfies the matcher. */
    public static HeaderMatcher string(
            String name, StringMatcher matcher, boolean invert, boolean treatMissingAsEmpty) {
        return new HeaderMatcher(name, matcher::matches, matcher.toString(), false, invert, treatMissingAsEmpty);
    }

    /** The header's value is a decimal integer from start (inclusive) to end (exclusive). */
    public static HeaderMatcher range(String name, long start, long end, boolean invert, boolean treatMissingAsEmpty) {
        return new HeaderMatcher(
                name,
                value -> inRange(value, start, end),
                "from " + start + " to below " + end,
                false,
                invert,
                treatMissingAsEmpty);
    }

    public boolean matches(MeshRequest request) {
        return matches(request, value(request));
    }

    public boolean matches(MeshResponse response) {
        return matches(response, name.equals(":status") ? Integer.toString(response.status()) : response.header(name));
    }

    private boolean matches(MeshHeaders headers, @Nullable String value) {
        if (value == null && !treatMissingAsEmpty) {
            return condition == null && present == invert;
        }
        boolean matched = condition == null ? present : holds(condition, headers, value == null ? "" : value);
        return matched != invert;
    }

    /** Only a joined value with a comma can be several lines. */
    private boolean holds(Condition each, MeshHeaders headers, String joined) {
        if (joined.indexOf(',') < 0 || name.charAt(0) == ':') {
            return each.holds(joined);
        }
        for (String value : headers.headerValues(name)) {
            if (each.holds(value)) {
                return true;
            }
        }
        return false;
    }

    /** The header's name in lower case. */
    public String name() {
        return name;
    }

    private @Nullable String value(MeshRequest request) {
        if (name.charAt(0) != ':') {
            return request.header(name);
        }
        return switch (name) {
            case ":method" -> request.method();
            case ":path" -> request.path();
            case ":scheme" -> request.forwardedScheme();
            case ":authority" -> request.authority();
            default -> null;
        };
    }

    private static boolean inRange(String value, long start, long end) {
        try {
            long number = Long.parseLong(value);
            return number >= start && number < end;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Why it does not match, for people; to be asked only if it does not. */
    public String miss(MeshRequest request) {
        String value = value(request);
        return "header " + name + " is " + (value == null ? "absent" : '"' + value + '"') + ", not as asked: "
                + (invert ? "not " : "") + words;
    }

    @Override
    public String toString() {
        return name + " " + (invert ? "not " : "") + words;
    }

    /** What the value must satisfy. */
    @FunctionalInterface
    private interface Condition {
        boolean holds(String value);
    }
}

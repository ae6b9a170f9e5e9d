package io.inmesh.control.analysis.cel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL as Go's {@code url.ParseRequestURI} takes it: absolute, or a path that begins with a slash. Immutable.
 *
 * @param host with its port
 */
record ParsedUrl(
        String scheme, String host, String hostname, String port, String escapedPath, Map<String, List<String>> query) {

    private static final int LONGEST = 8192;
    private static final Pattern ABSOLUTE = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]{0,31}):([^\\s\\x00-\\x1f\\x7f]*)");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@/\\[\\]]*@)?(\\[[0-9a-fA-F:.%]+\\]|[^:\\[\\]<>\"{}|\\\\^`%]*)(?::([0-9]*))?");

    /** The URL, or nothing if the text is none. */
    static Optional<ParsedUrl> of(String text) {
        if (text.isEmpty()
                || text.length() > LONGEST
                || BAD_ESCAPE.matcher(text).find()) {
            return Optional.empty();
        }
        if (text.startsWith("/")) {
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : parse("", text);
        }
        Matcher absolute = ABSOLUTE.matcher(text);
        return absolute.matches()
                ? parse(absolute.group(1).toLowerCase(Locale.ROOT), absolute.group(2))
                : Optional.empty();
    }

    private static Optional<ParsedUrl> parse(String scheme, String rest) {
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String before = question < 0 ? rest : rest.substring(0, question);
        if (!before.startsWith("//") || scheme.isEmpty()) {
            // What follows the scheme of an opaque URL, such as mailto:, is no path.
            String path = before.startsWith("/") ? before : "";
            return Optional.of(new ParsedUrl(scheme, "", "", "", path, queryOf(query)));
        }
        int slash = before.indexOf('/', 2);
        String authority = before.substring(2, slash < 0 ? before.length() : slash);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(1);
        String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        return Optional.of(new ParsedUrl(
                scheme,
                authority.substring(authority.lastIndexOf('@') + 1),
                bare,
                parts.group(2) == null ? "" : parts.group(2),
                slash < 0 ? "" : before.substring(slash),
                queryOf(query)));
    }

    private static Map<String, List<String>> queryOf(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equal = pair.indexOf('=');
                String name = decoded(equal < 0 ? pair : pair.substring(0, equal));
                values.computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(equal < 0 ? "" : decoded(pair.substring(equal + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

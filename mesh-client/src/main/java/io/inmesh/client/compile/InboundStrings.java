package io.inmesh.client.compile;

import io.inmesh.client.match.Regex;
import io.inmesh.client.match.StringMatcher;
import io.inmesh.xds.model.StringMatch;
import java.util.Optional;
import java.util.function.Predicate;

/** Compiles string conditions of security rules. */
final class InboundStrings {

    private InboundStrings() {}

    /** Empty for a kind that we do not know and for a regex that is none. */
    static Optional<Predicate<String>> compile(StringMatch match) {
        return matcher(match).map(matcher -> matcher::matches);
    }

    private static Optional<StringMatcher> matcher(StringMatch match) {
        if (match instanceof StringMatch.Exact exact) {
            return Optional.of(new StringMatcher.Exact(exact.value(), exact.ignoreCase()));
        } else if (match instanceof StringMatch.Prefix prefix) {
            return Optional.of(new StringMatcher.Prefix(prefix.value(), prefix.ignoreCase()));
        } else if (match instanceof StringMatch.Suffix suffix) {
            return Optional.of(new StringMatcher.Suffix(suffix.value(), suffix.ignoreCase()));
        } else if (match instanceof StringMatch.Contains contains) {
            return Optional.of(new StringMatcher.Contains(contains.value(), contains.ignoreCase()));
        } else if (match instanceof StringMatch.Regex regex) {
            try {
                return Optional.of(new StringMatcher.Matches(Regex.compile(regex.regex())));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Istio's path template as a regex: {@code *} is one segment that is not empty, {@code **} anything.
     *
     * @throws IllegalArgumentException if a star stands beside other text of its segment, or a variable is used
     */
    static Regex template(String template) {
        StringBuilder regex = new StringBuilder();
        String[] segments = template.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (i > 0) {
                regex.append('/');
            }
            switch (segment) {
                case "*", "{*}" -> regex.append("[^/]+");
                case "**", "{**}" -> regex.append(".*");
                default -> {
                    if (segment.indexOf('*') >= 0 || segment.indexOf('{') >= 0) {
                        throw new IllegalArgumentException("not a path template: " + template);
                    }
                    regex.append(quoted(segment));
                }
            }
        }
        return Regex.compile(regex.toString());
    }

    private static String quoted(String literal) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) || c >= 0x80 || c == '_' || c == '-';
            quoted.append(plain ? "" : "\\").append(c);
        }
        return quoted.toString();
    }
}

package io.inmesh.client.match;

import java.util.Locale;

/**
 * Decides on one text. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/string.proto">Envoy, StringMatcher</a>
 */
public sealed interface StringMatcher {

    boolean matches(String value);

    /** The text is the value, letter case aside where asked. */
    record Exact(String exact, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return ignoreCase ? exact.equalsIgnoreCase(value) : exact.equals(value);
        }
    }

    record Prefix(String prefix, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.regionMatches(ignoreCase, 0, prefix, 0, prefix.length());
        }
    }

    record Suffix(String suffix, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            int from = value.length() - suffix.length();
            return from >= 0 && value.regionMatches(ignoreCase, from, suffix, 0, suffix.length());
        }
    }

    record Contains(String contains, boolean ignoreCase) implements StringMatcher {

        public Contains {
            contains = ignoreCase ? contains.toLowerCase(Locale.ROOT) : contains;
        }

        @Override
        public boolean matches(String value) {
            return (ignoreCase ? value.toLowerCase(Locale.ROOT) : value).contains(contains);
        }
    }

    /** The whole text is in the language of the regex. */
    record Matches(Regex regex) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return regex.matches(value);
        }
    }
}

package io.inmesh.client.match;

/**
 * Decides on one text. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/string.proto">Envoy, StringMatcher</a>
 */
public sealed interface StringMatcher {

    boolean matches(String value);

    /** In words, for people, such as {@code exact "jason"}. */
    @Override
    String toString();

    private static String quoted(String kind, String text, boolean ignoreCase) {
        return kind + " \"" + text + '"' + (ignoreCase ? " in any case" : "");
    }

    private static boolean at(String value, int from, String text, boolean ignoreCase) {
        return ignoreCase ? Ascii.region(value, from, text) : value.startsWith(text, from);
    }

    /** The text is the value, letter case aside where asked. */
    record Exact(String exact, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.length() == exact.length() && at(value, 0, exact, ignoreCase);
        }

        @Override
        public String toString() {
            return quoted("exact", exact, ignoreCase);
        }
    }

    record Prefix(String prefix, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return value.length() >= prefix.length() && at(value, 0, prefix, ignoreCase);
        }

        @Override
        public String toString() {
            return quoted("prefix", prefix, ignoreCase);
        }
    }

    record Suffix(String suffix, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            int from = value.length() - suffix.length();
            return from >= 0 && at(value, from, suffix, ignoreCase);
        }

        @Override
        public String toString() {
            return quoted("suffix", suffix, ignoreCase);
        }
    }

    record Contains(String contains, boolean ignoreCase) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            if (!ignoreCase) {
                return value.contains(contains);
            }
            for (int from = 0; from + contains.length() <= value.length(); from++) {
                if (Ascii.region(value, from, contains)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return quoted("containing", contains, ignoreCase);
        }
    }

    /** The whole text is in the language of the regex. */
    record Matches(Regex regex) implements StringMatcher {
        @Override
        public boolean matches(String value) {
            return regex.matches(value);
        }

        @Override
        public String toString() {
            return quoted("regex", regex.toString(), false);
        }
    }
}

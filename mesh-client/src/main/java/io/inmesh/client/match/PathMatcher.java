package io.inmesh.client.match;

/**
 * Decides on the path of a request, query and fragment put aside. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy, RouteMatch</a>
 */
public sealed interface PathMatcher {

    /**
     * Whether the route takes this path.
     *
     * @param path the {@code :path}, with whatever query and fragment it has
     * @param end where the query or fragment begins, see {@link #end(String)}
     */
    boolean matches(String path, int end);

    /** In words, for people, such as {@code prefix "/api"}. */
    @Override
    String toString();

    /** Where the path's query or fragment begins; its length if it has none. */
    static int end(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '?' || c == '#') {
                return i;
            }
        }
        return path.length();
    }

    private static String quoted(String kind, String text, boolean caseSensitive) {
        return kind + " \"" + text + '"' + (caseSensitive ? "" : " in any case");
    }

    private static boolean begins(String path, String with, boolean caseSensitive) {
        return caseSensitive ? path.startsWith(with) : Ascii.region(path, 0, with);
    }

    record Exact(String path, boolean caseSensitive) implements PathMatcher {
        @Override
        public boolean matches(String actual, int end) {
            return end == path.length() && begins(actual, path, caseSensitive);
        }

        @Override
        public String toString() {
            return quoted("exact", path, caseSensitive);
        }
    }

    record Prefix(String prefix, boolean caseSensitive) implements PathMatcher {
        @Override
        public boolean matches(String actual, int end) {
            return end >= prefix.length() && begins(actual, prefix, caseSensitive);
        }

        @Override
        public String toString() {
            return quoted("prefix", prefix, caseSensitive);
        }
    }

    /** Like a prefix, but of whole segments: {@code /api} takes {@code /api} and {@code /api/v1}, not {@code /apis}. */
    record PathSeparatedPrefix(String prefix, boolean caseSensitive) implements PathMatcher {
        @Override
        public boolean matches(String actual, int end) {
            int length = prefix.length();
            return end >= length
                    && begins(actual, prefix, caseSensitive)
                    && (end == length || actual.charAt(length) == '/');
        }

        @Override
        public String toString() {
            return quoted("segments", prefix, caseSensitive);
        }
    }

    record Matches(Regex regex) implements PathMatcher {
        @Override
        public boolean matches(String actual, int end) {
            return regex.matches(end == actual.length() ? actual : actual.substring(0, end));
        }

        @Override
        public String toString() {
            return quoted("regex", regex.toString(), true);
        }
    }
}

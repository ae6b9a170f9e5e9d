package io.inmesh.client.match;

import org.jspecify.annotations.Nullable;

/**
 * Decides on the first query parameter of a name, raw as it stands in the path. Immutable.
 *
 * @param name case-sensitive
 * @param value null if only presence counts
 * @param present without a value: whether the parameter must be there or must not
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy,
 *     QueryParameterMatcher</a>
 */
public record QueryMatcher(String name, @Nullable StringMatcher value, boolean present) {

    public boolean matches(String path) {
        int at = path.indexOf('?');
        int end = path.indexOf('#');
        end = end < 0 ? path.length() : end;
        while (at >= 0 && at < end) {
            int next = next(path, at + 1, end);
            int equals = path.indexOf('=', at + 1);
            int nameEnd = equals < 0 || equals > next ? next : equals;
            if (nameEnd - at - 1 == name.length() && path.startsWith(name, at + 1)) {
                return value == null
                        ? present
                        : value.matches(nameEnd == next ? "" : path.substring(nameEnd + 1, next));
            }
            at = next;
        }
        return value == null && !present;
    }

    private static int next(String path, int from, int end) {
        int ampersand = path.indexOf('&', from);
        return ampersand < 0 || ampersand > end ? end : ampersand;
    }

    /** In words, for people. */
    @Override
    public String toString() {
        return name + " " + (value == null ? present ? "present" : "absent" : value.toString());
    }
}

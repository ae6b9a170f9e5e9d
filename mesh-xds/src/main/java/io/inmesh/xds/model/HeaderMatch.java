package io.inmesh.xds.model;

import java.util.Locale;
import java.util.Objects;

/**
 * A condition on one header; several lines of one name are joined by a comma before.
 *
 * @param name lower case; pseudo headers as {@code :method}
 * @param condition what is asked of the value
 * @param invert the result is turned around. An absent header, unless treated as empty, still does not match a value
 * @param treatMissingAsEmpty an absent header counts as present with an empty value
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto#config-route-v3-headermatcher">Envoy,
 *     HeaderMatcher</a>
 */
public record HeaderMatch(String name, Condition condition, boolean invert, boolean treatMissingAsEmpty) {

    public HeaderMatch {
        name = name.toLowerCase(Locale.ROOT);
        Objects.requireNonNull(condition, "condition");
    }

    /** What is asked of the header. */
    public sealed interface Condition {

        /** The value matches. */
        record Value(StringMatch match) implements Condition {
            public Value {
                Objects.requireNonNull(match, "match");
            }
        }

        /** The whole value is a decimal integer in {@code [start, end)}. */
        record Range(long start, long end) implements Condition {}

        /** The header is there, or, with {@code false}, is not. */
        record Present(boolean present) implements Condition {}

        /** A condition that Inmesh does not know. Routing: never met. Security: the rule that has it denies. */
        record Unsupported(String field) implements Condition {
            public Unsupported {
                Objects.requireNonNull(field, "field");
            }
        }
    }
}

package io.inmesh.xds.model.route;

import io.inmesh.xds.model.StringMatch;
import java.util.Objects;

/**
 * A condition on the first query parameter of a name.
 *
 * @param name case sensitive
 */
public record QueryParameterMatch(String name, Condition condition) {

    public QueryParameterMatch {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(condition, "condition");
    }

    /** What is asked of the parameter. */
    public sealed interface Condition {

        /** It is there and its value matches. */
        record Value(StringMatch match) implements Condition {
            public Value {
                Objects.requireNonNull(match, "match");
            }
        }

        /** It is there, or, with {@code false}, is not. */
        record Present(boolean present) implements Condition {}
    }
}

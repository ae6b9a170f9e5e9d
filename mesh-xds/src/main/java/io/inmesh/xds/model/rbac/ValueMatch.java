package io.inmesh.xds.model.rbac;

import io.inmesh.xds.model.StringMatch;
import java.util.List;

/**
 * A condition on a JSON value.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/value.proto">Envoy, ValueMatcher</a>
 */
public sealed interface ValueMatch {

    /** A string that matches. */
    record Text(StringMatch match) implements ValueMatch {}

    /** That truth value. */
    record Bool(boolean value) implements ValueMatch {}

    /** JSON's null. */
    record Null() implements ValueMatch {}

    /** Exactly that number. */
    record Exactly(double value) implements ValueMatch {}

    /** A number in {@code [start, end)}. */
    record Range(double start, double end) implements ValueMatch {}

    /** There is a value, or, with {@code false}, is none. */
    record Present(boolean present) implements ValueMatch {}

    /** A list of which at least one element matches. */
    record OneOf(ValueMatch element) implements ValueMatch {}

    /** At least one of them. */
    record Or(List<ValueMatch> matches) implements ValueMatch {
        public Or {
            matches = List.copyOf(matches);
        }
    }

    /** A condition that Inmesh does not know. The rules that have it deny. */
    record Unsupported(String field) implements ValueMatch {}
}

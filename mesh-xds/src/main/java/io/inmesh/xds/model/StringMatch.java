package io.inmesh.xds.model;

import java.util.Objects;

/**
 * A condition on a string.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/type/matcher/v3/string.proto">Envoy, StringMatcher</a>
 */
public sealed interface StringMatch {

    /** The whole string. */
    record Exact(String value, boolean ignoreCase) implements StringMatch {
        public Exact {
            Objects.requireNonNull(value, "value");
        }
    }

    /** How the string begins. */
    record Prefix(String value, boolean ignoreCase) implements StringMatch {
        public Prefix {
            Objects.requireNonNull(value, "value");
        }
    }

    /** How the string ends. */
    record Suffix(String value, boolean ignoreCase) implements StringMatch {
        public Suffix {
            Objects.requireNonNull(value, "value");
        }
    }

    /** What is somewhere in the string. */
    record Contains(String value, boolean ignoreCase) implements StringMatch {
        public Contains {
            Objects.requireNonNull(value, "value");
        }
    }

    /** An RE2 expression that the whole string must match. Compiled later; it may turn out to be invalid. */
    record Regex(String regex) implements StringMatch {
        public Regex {
            Objects.requireNonNull(regex, "regex");
        }
    }

    /** A kind of matcher that Inmesh does not know. Routing: matches nothing. Security: the rule that has it denies. */
    record Unsupported(String field) implements StringMatch {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }
}

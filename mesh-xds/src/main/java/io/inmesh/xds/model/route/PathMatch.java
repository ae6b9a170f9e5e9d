package io.inmesh.xds.model.route;

import java.util.Objects;

/** A condition on the path, without query and fragment. */
public sealed interface PathMatch {

    /** The whole path. */
    record Exact(String path, boolean caseSensitive) implements PathMatch {
        public Exact {
            Objects.requireNonNull(path, "path");
        }
    }

    /** How the path begins, also in the middle of a segment. */
    record Prefix(String prefix, boolean caseSensitive) implements PathMatch {
        public Prefix {
            Objects.requireNonNull(prefix, "prefix");
        }
    }

    /** The path itself or one below it: {@code /a} matches {@code /a} and {@code /a/b}, never {@code /ab}. */
    record PathSeparatedPrefix(String prefix, boolean caseSensitive) implements PathMatch {
        public PathSeparatedPrefix {
            Objects.requireNonNull(prefix, "prefix");
        }
    }

    /** An RE2 expression that the whole path must match; compiled later. Case sensitivity is the expression's own matter. */
    record Regex(String regex) implements PathMatch {
        public Regex {
            Objects.requireNonNull(regex, "regex");
        }
    }

    /** Some part of the route's match is not known to Inmesh, so that the route never matches. */
    record Unsupported(String field) implements PathMatch {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }
}

package io.inmesh.xds.model.route;

import io.inmesh.xds.model.RegexRewrite;
import java.util.Objects;

/** How the path changes; the query stays. */
public sealed interface PathRewrite {

    /** What the route's path match has matched (all of it for an exact match) is replaced. */
    record Prefix(String prefix) implements PathRewrite {
        public Prefix {
            Objects.requireNonNull(prefix, "prefix");
        }
    }

    /** Each match of an expression is replaced. */
    record Regex(RegexRewrite rewrite) implements PathRewrite {
        public Regex {
            Objects.requireNonNull(rewrite, "rewrite");
        }
    }

    /** The whole path is replaced; redirects only. */
    record Full(String path) implements PathRewrite {
        public Full {
            Objects.requireNonNull(path, "path");
        }
    }
}

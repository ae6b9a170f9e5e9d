package io.inmesh.xds.model.route;

import io.inmesh.xds.model.RegexRewrite;
import java.util.Objects;

/** Where the authority that goes upstream comes from. */
public sealed interface HostRewrite {

    /** A fixed text. */
    record Literal(String host) implements HostRewrite {
        public Literal {
            Objects.requireNonNull(host, "host");
        }
    }

    /** The host name of the chosen endpoint; only clusters found by DNS have one. */
    record Auto() implements HostRewrite {}

    /** A request header, if it is there. */
    record Header(String name) implements HostRewrite {
        public Header {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The path, without query, after a replacement. */
    record PathRegex(RegexRewrite rewrite) implements HostRewrite {
        public PathRegex {
            Objects.requireNonNull(rewrite, "rewrite");
        }
    }
}

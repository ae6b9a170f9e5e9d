package io.inmesh.xds.model.route;

import io.inmesh.xds.model.RegexRewrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One contribution to the hash by which ring hash and maglev choose.
 *
 * @param terminal if there is a hash by now, the policies behind are not asked
 */
public record HashPolicy(Source source, boolean terminal) {

    public HashPolicy {
        Objects.requireNonNull(source, "source");
    }

    /** What is hashed. */
    public sealed interface Source {

        /** A request header, rewritten first if so set. */
        record Header(String name, @Nullable RegexRewrite rewrite) implements Source {
            public Header {
                Objects.requireNonNull(name, "name");
            }
        }

        /**
         * A cookie.
         *
         * @param ttl null: an absent cookie is not made; zero: it is a session cookie
         * @param path of the cookie made; may be empty
         * @param attributes of the cookie made, in order; one without a value is a flag
         */
        record Cookie(String name, @Nullable Duration ttl, String path, List<Map.Entry<String, String>> attributes)
                implements Source {
            public Cookie {
                Objects.requireNonNull(name, "name");
                Objects.requireNonNull(path, "path");
                attributes = List.copyOf(attributes);
            }
        }

        /** The caller's address. */
        record SourceIp() implements Source {}

        /** The first query parameter of a name. */
        record QueryParameter(String name) implements Source {
            public QueryParameter {
                Objects.requireNonNull(name, "name");
            }
        }
    }
}

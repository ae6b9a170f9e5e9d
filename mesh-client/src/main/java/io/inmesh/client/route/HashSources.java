package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.balance.Hashing;
import io.inmesh.client.match.Regex;
import io.inmesh.client.route.RequestHash.HashSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What of a request a {@link RequestHash} is made of. */
public final class HashSources {

    private HashSources() {}

    /**
     * A header or pseudo header. Several lines of one name count whatever their order.
     *
     * @param name in lower case
     * @param rewrite null if it is hashed as it is
     */
    public record Header(String name, @Nullable Regex rewrite, String substitution) implements HashSource {

        @Override
        public @Nullable String value(MeshRequest request, RandomGenerator chance, Consumer<String> cookies) {
            return switch (name) {
                case ":authority", "host" -> request.authority();
                case ":method" -> request.method();
                case ":path" -> request.path();
                case ":scheme" -> request.forwardedScheme();
                default -> request.header(name);
            };
        }

        @Override
        public long hash(String value, MeshRequest request) {
            List<String> lines = name.startsWith(":") ? List.of() : request.headerValues(name);
            if (lines.size() < 2) {
                return Hashing.xx(rewritten(value));
            }
            long hash = 0;
            for (String line : lines.stream().map(this::rewritten).sorted().toList()) {
                hash = Hashing.xx(line, hash);
            }
            return hash;
        }

        private String rewritten(String value) {
            return rewrite == null ? value : rewrite.replaceAll(value, substitution);
        }
    }

    /**
     * A cookie, made where the request has none and the policy says so. There is no connection of the caller's whose address its value
     * could be made of, as in Envoy: it is random, so that every caller without a cookie begins anywhere.
     *
     * @param attributes of the cookie made, as they stand behind its value; null if none is made
     */
    public record Cookie(String name, @Nullable String attributes) implements HashSource {

        @Override
        public @Nullable String value(MeshRequest request, RandomGenerator chance, Consumer<String> cookies) {
            for (String line : request.headerValues("cookie")) {
                String found = Cookies.value(line, name);
                if (found != null && !found.isEmpty()) {
                    return found;
                }
            }
            if (attributes == null) {
                return null;
            }
            String made = HexFormat.of().toHexDigits(chance.nextLong());
            cookies.accept(name + "=\"" + made + '"' + attributes);
            return made;
        }
    }

    /** The address of this process, the same for all of its requests. */
    public record CallerAddress() implements HashSource {

        /** None of the request's own. */
        @Override
        public @Nullable String value(MeshRequest request, RandomGenerator chance, Consumer<String> cookies) {
            return null;
        }
    }

    /** The first query parameter of a name, as it stands in the path. */
    public record QueryParameter(String name) implements HashSource {

        @Override
        public @Nullable String value(MeshRequest request, RandomGenerator chance, Consumer<String> cookies) {
            String path = request.path();
            int end = path.indexOf('#') < 0 ? path.length() : path.indexOf('#');
            for (int at = path.indexOf('?'); at >= 0 && at < end; at = next(path, at + 1, end)) {
                int next = next(path, at + 1, end);
                int equals = path.indexOf('=', at + 1);
                int nameEnd = equals < 0 || equals > next ? next : equals;
                if (nameEnd - at - 1 == name.length() && path.startsWith(name, at + 1)) {
                    return nameEnd == next ? "" : path.substring(nameEnd + 1, next);
                }
            }
            return null;
        }

        private static int next(String path, int from, int end) {
            int ampersand = path.indexOf('&', from);
            return ampersand < 0 || ampersand > end ? end : ampersand;
        }
    }
}

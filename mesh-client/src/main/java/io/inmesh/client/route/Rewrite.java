package io.inmesh.client.route;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.Regex;
import org.jspecify.annotations.Nullable;

/**
 * How a forwarded request's path and authority change. Immutable.
 *
 * @param path null if it stays
 * @param authority null if it stays
 * @param keepOriginal a replaced authority is kept in {@code x-forwarded-host}
 */
public record Rewrite(@Nullable Path path, @Nullable Authority authority, boolean keepOriginal) {

    public static final Rewrite NONE = new Rewrite(null, null, false);

    /** The path that goes upstream; the same instance if it stays. */
    public String path(MeshRequest request) {
        return path == null ? request.path() : path.rewrite(request.path());
    }

    /**
     * The authority that goes upstream; the same instance if it stays.
     *
     * @param endpointName the chosen endpoint's host name; empty if it has none
     */
    public String authority(MeshRequest request, String endpointName) {
        return authority == null ? request.authority() : authority.rewrite(request, endpointName);
    }

    /** A change of the path; its query stays. */
    public sealed interface Path {
        String rewrite(String path);
    }

    /**
     * Replaces what the route's path match has matched.
     *
     * @param matchedLength of the matched text; -1 if all of the path was
     */
    public record ReplaceMatched(int matchedLength, String replacement) implements Path {
        @Override
        public String rewrite(String path) {
            int matched = matchedLength < 0 ? PathMatcher.end(path) : matchedLength;
            return replacement + path.substring(matched);
        }
    }

    /** Takes the place of path and query, because it has a query of its own. */
    public record Whole(String path) implements Path {
        @Override
        public String rewrite(String original) {
            return path;
        }
    }

    public record ReplaceAll(Regex regex, String substitution) implements Path {
        @Override
        public String rewrite(String path) {
            int end = PathMatcher.end(path);
            return regex.replaceAll(path.substring(0, end), substitution) + path.substring(end);
        }
    }

    /** A change of the authority. */
    public sealed interface Authority {
        String rewrite(MeshRequest request, String endpointName);
    }

    public record Literal(String host) implements Authority {
        @Override
        public String rewrite(MeshRequest request, String endpointName) {
            return host;
        }
    }

    /** The endpoint's own host name, where it has one. */
    public record OfEndpoint() implements Authority {
        @Override
        public String rewrite(MeshRequest request, String endpointName) {
            return endpointName.isEmpty() ? request.authority() : endpointName;
        }
    }

    /** What a request header says, if it is there. */
    public record OfHeader(String name) implements Authority {
        @Override
        public String rewrite(MeshRequest request, String endpointName) {
            String value = request.header(name);
            return value == null || value.isEmpty() ? request.authority() : value;
        }
    }

    /** The path without its query, after a replacement. */
    public record OfPath(Regex regex, String substitution) implements Authority {
        @Override
        public String rewrite(MeshRequest request, String endpointName) {
            String path = request.path();
            return regex.replaceAll(path.substring(0, PathMatcher.end(path)), substitution);
        }
    }
}

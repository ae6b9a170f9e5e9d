package io.inmesh.client.fuzz;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.HostMatcher;
import io.inmesh.client.match.PathIndex;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import io.inmesh.client.match.Regex;
import io.inmesh.client.match.RequestPath;
import io.inmesh.client.match.StringMatcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns and what they are held against, both hostile: an index finds what a scan finds, a path that was made comparable stays as it is,
 * and nothing is thrown but that a pattern is refused. The input is text, one pattern a line, the request in the first line.
 */
public final class MatchersTarget {

    private MatchersTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String[] lines = new String(data, StandardCharsets.ISO_8859_1).split("\n", 40);
        Line request = new Line(lines[0]);
        paths(request, lines);
        hosts(request.authority(), lines);
        headers(request, lines);
        String once = RequestPath.normalized("/" + lines[0]);
        require(once.equals(RequestPath.normalized(once)), "normalised twice");
    }

    private static void paths(Line request, String[] lines) {
        List<PathMatcher> matchers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            PathMatcher matcher = path(lines[i]);
            if (matcher != null) {
                matchers.add(matcher);
            }
        }
        PathIndex.Builder builder = PathIndex.builder();
        for (int i = 0; i < matchers.size(); i++) {
            builder.add(i, matchers.get(i));
        }
        int scanned = PathIndex.NONE;
        for (int i = matchers.size() - 1; i >= 0; i--) {
            scanned = matchers.get(i).matches(request.path(), PathMatcher.end(request.path())) ? i : scanned;
        }
        require(builder.build().first(request, 0, (position, asked, random) -> true) == scanned, "index and scan");
    }

    private static @Nullable PathMatcher path(String line) {
        if (line.isEmpty()) {
            return null;
        }
        String text = line.substring(1);
        return switch (line.charAt(0)) {
            case '=' -> new PathMatcher.Exact(text, true);
            case 'e' -> new PathMatcher.Exact(text, false);
            case 'P' -> new PathMatcher.Prefix(text, true);
            case 'p' -> new PathMatcher.Prefix(text, false);
            case 'S' -> new PathMatcher.PathSeparatedPrefix(text, true);
            case 's' -> new PathMatcher.PathSeparatedPrefix(text, false);
            case '~' -> regex(text);
            default -> null;
        };
    }

    private static @Nullable PathMatcher regex(String text) {
        try {
            return new PathMatcher.Matches(Regex.compile(text));
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    private static void hosts(String authority, String[] lines) {
        HostMatcher.Builder<String> hosts = HostMatcher.builder(true);
        for (int i = 1; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                hosts.add(lines[i], lines[i]);
            }
        }
        hosts.build().find(authority);
    }

    private static void headers(Line request, String[] lines) {
        for (int i = 1; i < lines.length; i++) {
            String pattern = lines[i];
            new QueryMatcher(pattern, new StringMatcher.Contains(pattern, true), true).matches(request.path());
            HeaderMatcher.string("x", new StringMatcher.Suffix(pattern, true), true, false)
                    .matches(request);
            HeaderMatcher.range("x", i, pattern.length(), false, true).matches(request);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** One text as every part of a request. */
    private record Line(String text) implements MeshRequest {

        @Override
        public String method() {
            return text;
        }

        @Override
        public String scheme() {
            return "http";
        }

        @Override
        public String authority() {
            return text;
        }

        @Override
        public String path() {
            return "/" + text;
        }

        @Override
        public String header(String name) {
            return text;
        }

        @Override
        public List<String> headerValues(String name) {
            return List.of(text);
        }
    }
}

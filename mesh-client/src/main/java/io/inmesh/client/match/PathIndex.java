package io.inmesh.client.match;

import io.inmesh.api.http.MeshRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first of many ordered routes without asking each: exact paths by hash, prefixes by radix tree, the rest (regexes) by scan in
 * their order. A search allocates nothing, apart from what the regex library takes. Immutable.
 */
public final class PathIndex {

    /** What {@link #first} says if no route matches. */
    public static final int NONE = Integer.MAX_VALUE;

    private final RegionMap<int[]> exact;
    private final RegionMap<int[]> exactIgnoringCase;
    private final PrefixTree prefixes;
    private final PrefixTree prefixesIgnoringCase;
    private final int[] scanned;
    private final PathMatcher[] scannedPaths;

    private PathIndex(Builder builder) {
        exact = new RegionMap<>(builder.exact.arrays(), false);
        exactIgnoringCase = new RegionMap<>(builder.exactIgnoringCase.arrays(), true);
        prefixes = PrefixTreeBuilder.build(builder.prefixes.arrays(), false);
        prefixesIgnoringCase = PrefixTreeBuilder.build(builder.prefixesIgnoringCase.arrays(), true);
        scanned = Positions.array(builder.scanned);
        scannedPaths = builder.scannedPaths.toArray(PathMatcher[]::new);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * The position of the first route that takes the request.
     *
     * @param rest decides on all but the path; asked only of routes whose path matches
     * @return {@link #NONE} if there is none
     */
    public int first(MeshRequest request, long random, Rest rest) {
        String path = request.path();
        int end = PathMatcher.end(path);
        int best = first(exact.find(path, 0, end), NONE, request, random, rest);
        best = first(exactIgnoringCase.find(path, 0, end), best, request, random, rest);
        best = walk(prefixes, end, best, request, random, rest);
        best = walk(prefixesIgnoringCase, end, best, request, random, rest);
        for (int i = 0; i < scanned.length && scanned[i] < best; i++) {
            if (scannedPaths[i].matches(path, end) && rest.holds(scanned[i], request, random)) {
                return scanned[i];
            }
        }
        return best;
    }

    private static int walk(PrefixTree root, int end, int soFar, MeshRequest request, long random, Rest rest) {
        String path = request.path();
        int best = first(root.positions(), soFar, request, random, rest);
        int at = 0;
        PrefixTree last = root;
        PrefixTree node = root.next(path, 0, end);
        while (last != node) {
            best = first(node.positions(), best, request, random, rest);
            at += node.length();
            last = node;
            node = last.next(path, at, end);
        }
        return best;
    }

    private static int first(int @Nullable [] positions, int soFar, MeshRequest request, long random, Rest rest) {
        if (positions == null) {
            return soFar;
        }
        for (int position : positions) {
            if (position >= soFar || rest.holds(position, request, random)) {
                return Math.min(position, soFar);
            }
        }
        return soFar;
    }

    /** What a route asks for besides the path. */
    @FunctionalInterface
    public interface Rest {

        boolean holds(int position, MeshRequest request, long random);
    }

    /** Takes routes in their order; not thread-safe. */
    public static final class Builder {

        private final Positions exact = new Positions(false);
        private final Positions exactIgnoringCase = new Positions(true);
        private final Positions prefixes = new Positions(false);
        private final Positions prefixesIgnoringCase = new Positions(true);
        private final List<Integer> scanned = new ArrayList<>();
        private final List<PathMatcher> scannedPaths = new ArrayList<>();

        private Builder() {}

        /** Adds a route; positions only grow. */
        public Builder add(int position, PathMatcher path) {
            if (path instanceof PathMatcher.Exact all) {
                (all.caseSensitive() ? exact : exactIgnoringCase).add(all.path(), position);
            } else if (path instanceof PathMatcher.Prefix prefix) {
                (prefix.caseSensitive() ? prefixes : prefixesIgnoringCase).add(prefix.prefix(), position);
            } else if (path instanceof PathMatcher.PathSeparatedPrefix prefix) {
                (prefix.caseSensitive() ? exact : exactIgnoringCase).add(prefix.prefix(), position);
                (prefix.caseSensitive() ? prefixes : prefixesIgnoringCase).add(prefix.prefix() + "/", position);
            } else {
                scanned.add(position);
                scannedPaths.add(path);
            }
            return this;
        }

        public PathIndex build() {
            return new PathIndex(this);
        }
    }

    /** Positions of routes by a text of theirs. */
    private static final class Positions {

        private final Map<String, List<Integer>> byText = new HashMap<>();
        private final boolean ignoreCase;

        Positions(boolean ignoreCase) {
            this.ignoreCase = ignoreCase;
        }

        void add(String text, int position) {
            byText.computeIfAbsent(ignoreCase ? Ascii.lower(text) : text, fresh -> new ArrayList<>())
                    .add(position);
        }

        Map<String, int[]> arrays() {
            Map<String, int[]> arrays = new HashMap<>();
            byText.forEach((text, positions) -> arrays.put(text, array(positions)));
            return arrays;
        }

        static int[] array(List<Integer> positions) {
            return positions.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}

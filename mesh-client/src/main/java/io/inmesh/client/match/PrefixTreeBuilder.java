package io.inmesh.client.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a radix tree of sorted prefixes, of which those that share a beginning lie side by side. It keeps its own stack, so that no
 * configuration is too deep for it. Not thread-safe.
 */
final class PrefixTreeBuilder {

    private static final int[] NONE = {};

    private final Deque<Open> open = new ArrayDeque<>();
    private final boolean ignoreCase;

    private PrefixTreeBuilder(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    /**
     * Builds a tree.
     *
     * @param prefixes with their positions; in lower case if letter case does not matter
     */
    static PrefixTree build(Map<String, int[]> prefixes, boolean ignoreCase) {
        return new PrefixTreeBuilder(ignoreCase).tree(new TreeMap<>(prefixes));
    }

    private PrefixTree tree(SortedMap<String, int[]> prefixes) {
        int[] everywhere = prefixes.remove("");
        open.push(new Open("", 0, everywhere == null ? NONE : everywhere, new ArrayList<>()));
        prefixes.forEach((prefix, positions) -> {
            closeDownTo(common(open.element().text, prefix));
            open.push(new Open(prefix, prefix.length(), positions, new ArrayList<>()));
        });
        closeDownTo(0);
        Open root = open.pop();
        return new PrefixTree("", root.positions, root.children, ignoreCase);
    }

    private void closeDownTo(int length) {
        while (open.element().length > length) {
            Open child = open.pop();
            if (open.element().length < length) {
                open.push(new Open(child.text, length, NONE, new ArrayList<>()));
            }
            Open parent = open.element();
            String label = child.text.substring(parent.length, child.length);
            parent.children.add(new PrefixTree(label, child.positions, child.children, ignoreCase));
        }
    }

    private static int common(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** A node that may yet get children: the first characters of a text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and the tree keeps the very array
    private record Open(String text, int length, int[] positions, List<PrefixTree> children) {}
}

package io.inmesh.client.match;

import java.util.List;

/**
 * A radix tree of prefixes; each leads to the positions of the routes that have it. A walk down a path passes every prefix of it, the
 * shortest first. Immutable.
 *
 * @see PrefixTreeBuilder
 */
final class PrefixTree {

    private static final int LINEAR = 4;

    private final String label;
    private final int[] positions;
    private final char[] branches;
    private final PrefixTree[] children;
    private final boolean ignoreCase;

    /**
     * Makes a node.
     *
     * @param children by the first character of their labels
     * @param ignoreCase labels are in lower case, and letter case does not matter
     */
    PrefixTree(String label, int[] positions, List<PrefixTree> children, boolean ignoreCase) {
        this.label = label;
        this.positions = positions;
        this.children = children.toArray(PrefixTree[]::new);
        this.ignoreCase = ignoreCase;
        branches = new char[this.children.length];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = this.children[i].label.charAt(0);
        }
    }

    /** The positions of the routes whose prefix ends with this node, in order. */
    int[] positions() {
        return positions;
    }

    /** How many characters of the path lead from the parent to this node. */
    int length() {
        return label.length();
    }

    /** The next node down a path that has come to this one; this node itself if there is none. */
    PrefixTree next(String path, int at, int end) {
        if (at == end || branches.length == 0) {
            return this;
        }
        int branch = branch(ignoreCase ? Ascii.lower(path.charAt(at)) : path.charAt(at));
        return branch >= 0 && children[branch].follows(path, at, end) ? children[branch] : this;
    }

    private boolean follows(String path, int at, int end) {
        return at + label.length() <= end && (ignoreCase ? Ascii.region(path, at, label) : path.startsWith(label, at));
    }

    private int branch(char c) {
        int low = 0;
        int high = branches.length - 1;
        while (high - low >= LINEAR) {
            int middle = (low + high) >>> 1;
            if (branches[middle] < c) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i <= high; i++) {
            if (branches[i] == c) {
                return i;
            }
        }
        return -1;
    }
}

package io.inmesh.conformance.generate;

import io.inmesh.conformance.config.Tree;
import java.util.Map;

/**
 * Where a StringMatcher's values end.
 *
 * @param field of the StringMatcher that is set
 * @param inside a value that just matches
 */
record StringEdge(String field, String inside) {

    static StringEdge of(Map<String, Object> string, Witnesses witnesses) {
        for (String kind : new String[] {"exact", "prefix", "suffix", "contains"}) {
            if (string.containsKey(kind)) {
                return new StringEdge(kind, Tree.text(string, kind));
            }
        }
        String regex = Tree.text(Tree.object(string, "safeRegex"), "regex");
        return new StringEdge("safe_regex", witnesses.of(regex).get(0));
    }
}

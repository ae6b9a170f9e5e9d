package io.inmesh.conformance.generate;

import static io.inmesh.conformance.generate.Texts.escaped;
import static io.inmesh.conformance.generate.Texts.otherCase;
import static io.inmesh.conformance.generate.Texts.shorter;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.generate.Condition.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a RouteMatch asks of the path. */
final class PathConditions {

    private static final String CASE = "RouteMatch.case_sensitive";
    private static final String NORMALIZED = "HttpConnectionManager.normalize_path";

    private PathConditions() {}

    static Condition of(Map<String, Object> match, Witnesses witnesses) {
        if (match.containsKey("path")) {
            return exact(Tree.text(match, "path"));
        }
        if (match.containsKey("pathSeparatedPrefix")) {
            return separated(Tree.text(match, "pathSeparatedPrefix"));
        }
        if (match.containsKey("safeRegex")) {
            return regex(witnesses.of(Tree.text(Tree.object(match, "safeRegex"), "regex")));
        }
        String prefix = Tree.text(match, "prefix");
        return prefix.length() < 2 ? any() : prefix(prefix);
    }

    private static Condition exact(String path) {
        String field = "RouteMatch.path";
        return Condition.of(
                field,
                at(path),
                variant("a path with a query", field, path + "?a=b"),
                variant("a path that is one character longer", field, path + "x"),
                variant("a path that is one character shorter", field, shorter(path)),
                variant("a path with a slash behind it", field, path + "/"),
                variant("a path in the other case", CASE, otherCase(path)),
                variant("a path with an escape that is not needed", NORMALIZED, escaped(path)),
                variant("a path behind dots", NORMALIZED, "/x/../." + path));
    }

    private static Condition prefix(String prefix) {
        String field = "RouteMatch.prefix";
        return Condition.of(
                field,
                at(prefix),
                variant("a prefix and more", field, prefix + "more/and/more"),
                variant("a prefix and a query", field, prefix + "?a=b"),
                variant("a prefix that is one character shorter", field, shorter(prefix)),
                variant("a prefix that is not at the beginning", field, "/x" + prefix),
                variant("a prefix in the other case", CASE, otherCase(prefix)),
                variant("a prefix with an escape that is not needed", NORMALIZED, escaped(prefix)),
                variant("a prefix and dots behind it", NORMALIZED, prefix + "/../x"));
    }

    private static Condition separated(String prefix) {
        String field = "RouteMatch.path_separated_prefix";
        return Condition.of(
                field,
                at(prefix),
                variant("a segment more", field, prefix + "/more"),
                variant("a slash more", field, prefix + "/"),
                variant("a prefix that ends within a segment", field, prefix + "more"),
                variant("a prefix and a query", field, prefix + "?a=b"),
                variant("a prefix that is one character shorter", field, shorter(prefix)),
                variant("a prefix in the other case", CASE, otherCase(prefix)));
    }

    private static Condition regex(List<String> witnesses) {
        String field = "RouteMatch.safe_regex";
        String one = witnesses.get(0);
        List<Variant> variants = new ArrayList<>();
        witnesses.stream().skip(1).forEach(witness -> variants.add(variant("the path " + witness, field, witness)));
        variants.add(variant("a regex's path and a query", field, one + "?a=b"));
        variants.add(variant("a regex's path and more", field, one + "x"));
        variants.add(variant("a regex's path that begins later", field, "/x" + one));
        variants.add(variant("a regex's path in the other case", field, otherCase(one)));
        return new Condition(field, at(one), variants);
    }

    private static Condition any() {
        String field = "RouteMatch.prefix";
        return Condition.of(
                field,
                at("/"),
                variant("any path", field, "/any/path?a=b&c"),
                variant("a path with escapes", field, "/a%20b%2Fc"),
                variant("a path with empty segments", field, "//a//b"));
    }

    private static Variant variant(String what, String field, String path) {
        return new Variant(what, field, at(path));
    }

    private static java.util.function.Consumer<Draft> at(String path) {
        return draft -> draft.path(path.isEmpty() ? "/" : path);
    }
}

package io.inmesh.conformance.generate;

import static io.inmesh.conformance.generate.Texts.otherCase;
import static io.inmesh.conformance.generate.Texts.shorter;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.generate.Condition.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a RouteMatch asks of a header. */
final class HeaderConditions {

    private HeaderConditions() {}

    /**
     * One HeaderMatcher.
     *
     * @param domains of the virtual host: what the authority can be
     */
    static Condition of(Map<String, Object> matcher, List<String> domains, Witnesses witnesses) {
        String name = Tree.text(matcher, "name");
        Map<String, Object> string = Tree.object(matcher, "stringMatch");
        return switch (name) {
            case ":method" -> method(string);
            case ":authority" -> authority(string, domains);
            case ":scheme" -> Condition.never("HeaderMatcher.name=:scheme");
            default -> header(name, matcher, string, witnesses);
        };
    }

    private static Condition header(
            String name, Map<String, Object> matcher, Map<String, Object> string, Witnesses witnesses) {
        if (Boolean.TRUE.equals(matcher.get("invertMatch"))) {
            return inverted(
                    name,
                    string.isEmpty() ? "any" : StringEdge.of(string, witnesses).inside());
        }
        if (matcher.containsKey("presentMatch")) {
            return present(name);
        }
        StringEdge edge = StringEdge.of(string, witnesses);
        String field = "StringMatcher." + edge.field();
        String value = edge.inside();
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant("without " + name, field, draft -> draft.header(name)));
        variants.add(new Variant(name + " is empty", field, draft -> draft.header(name, "")));
        variants.add(variant(name, "is one character longer", field, value + "x"));
        variants.add(variant(name, "is one character shorter", field, shorter(value)));
        variants.add(variant(name, "begins later", field, "x" + value));
        variants.add(variant(name, "is in the other case", field, otherCase(value)));
        variants.add(new Variant("two lines of " + name, field, draft -> draft.header(name, value, "other")));
        variants.add(new Variant("the second line of " + name, field, draft -> draft.header(name, "other", value)));
        variants.add(
                new Variant(name + " has two values in a line", field, draft -> draft.header(name, value + ",other")));
        variants.add(
                new Variant("the same line of " + name + " twice", field, draft -> draft.header(name, value, value)));
        variants.add(
                new Variant("the header's name " + otherCase(name), "HeaderMatcher.name", draft -> draft.header(name)
                        .header(otherCase(name), value)));
        return new Condition(field, draft -> draft.header(name, value), variants);
    }

    private static Condition present(String name) {
        String field = "HeaderMatcher.present_match";
        return Condition.of(
                field,
                draft -> draft.header(name, "any"),
                new Variant("without " + name, field, draft -> draft.header(name)),
                new Variant(name + " is empty", field, draft -> draft.header(name, "")),
                new Variant("two lines of " + name, field, draft -> draft.header(name, "a", "b")));
    }

    private static Condition inverted(String name, String unwanted) {
        String field = "HeaderMatcher.invert_match";
        return Condition.of(
                field,
                draft -> draft.header(name, unwanted + "-not"),
                variant(name, "has the unwanted value", field, unwanted),
                variant(name, "has it in the other case", field, otherCase(unwanted)),
                new Variant(
                        "two lines of the unwanted " + name, field, draft -> draft.header(name, unwanted, unwanted)),
                new Variant(name + " is empty", field, draft -> draft.header(name, "")),
                new Variant(
                        "without " + name, "HeaderMatcher.treat_missing_header_as_empty", draft -> draft.header(name)));
    }

    private static Condition method(Map<String, Object> string) {
        String wanted = Tree.text(string, "exact");
        String field = "HeaderMatcher.name=:method";
        return Condition.of(
                field,
                draft -> draft.method(wanted),
                new Variant(
                        "another method", field, draft -> draft.method("PUT").body("put")),
                new Variant("yet another method", field, draft -> draft.method("PATCH")
                        .body("patch")));
    }

    private static Condition authority(Map<String, Object> string, List<String> domains) {
        String field = "HeaderMatcher.name=:authority";
        String prefix = Tree.text(string, "prefix");
        String inside = domains.stream()
                .filter(domain -> domain.startsWith(prefix))
                .findFirst()
                .orElse("");
        String outside = domains.stream()
                .filter(domain -> !domain.startsWith(prefix) && domain.indexOf('*') < 0)
                .findFirst()
                .orElse("");
        return inside.isEmpty() || outside.isEmpty()
                ? Condition.never(field)
                : Condition.of(
                        field,
                        draft -> draft.authority(inside),
                        new Variant("another authority", field, draft -> draft.authority(outside)),
                        new Variant("the authority in capitals", field, draft -> draft.authority(otherCase(inside))));
    }

    private static Variant variant(String name, String what, String field, String value) {
        return new Variant(name + " " + what, field, draft -> draft.header(name, value));
    }
}

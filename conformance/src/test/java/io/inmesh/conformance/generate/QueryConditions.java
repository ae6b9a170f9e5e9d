package io.inmesh.conformance.generate;

import static io.inmesh.conformance.generate.Texts.otherCase;
import static io.inmesh.conformance.generate.Texts.shorter;

import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.generate.Condition.Variant;
import java.util.Map;

/** What a RouteMatch asks of a query parameter. */
final class QueryConditions {

    private QueryConditions() {}

    static Condition of(Map<String, Object> matcher, Witnesses witnesses) {
        String name = Tree.text(matcher, "name");
        if (matcher.containsKey("presentMatch")) {
            return present(name);
        }
        StringEdge edge = StringEdge.of(Tree.object(matcher, "stringMatch"), witnesses);
        String field = "QueryParameterMatcher.string_match";
        String value = edge.inside();
        return Condition.of(
                field,
                draft -> draft.query(name, name + "=" + value),
                variant("without the parameter " + name, field, name),
                variant(name + " without a value", field, name, name),
                variant(name + " with an empty value", field, name, name + "="),
                variant(name + " is one character longer", field, name, name + "=" + value + "x"),
                variant(name + " is one character shorter", field, name, name + "=" + shorter(value)),
                variant(name + " is in the other case", field, name, name + "=" + otherCase(value)),
                variant(
                        name + " is escaped",
                        field,
                        name,
                        name + "=%" + Integer.toHexString(value.charAt(0)) + value.substring(1)),
                variant(name + " comes twice, the first counts", field, name, name + "=" + value, name + "=~"),
                variant(name + " comes twice, the first is another", field, name, name + "=~", name + "=" + value),
                variant(
                        "the name " + otherCase(name),
                        "QueryParameterMatcher.name",
                        name,
                        otherCase(name) + "=" + value));
    }

    private static Condition present(String name) {
        String field = "QueryParameterMatcher.present_match";
        return Condition.of(
                field,
                draft -> draft.query(name, name + "=any"),
                variant("without the parameter " + name, field, name),
                variant(name + " without a value", field, name, name),
                variant(name + " with an empty value", field, name, name + "="),
                variant("only a longer name than " + name, field, name, name + "x=any"));
    }

    private static Variant variant(String what, String field, String name, String... parameters) {
        return new Variant(what, field, draft -> draft.query(name, parameters));
    }
}

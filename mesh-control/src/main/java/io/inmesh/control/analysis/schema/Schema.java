package io.inmesh.control.analysis.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a value may be, as Kubernetes' structural schemas say it. Immutable.
 *
 * @param nullable whether null may stand for it
 * @param open whether fields that are not listed are kept
 * @param values what the entries of an object with free keys are
 * @param items what a list holds
 * @param keys the fields that tell apart the items of a list; empty if they need not differ
 * @param unique whether the items of a list must differ as a whole
 * @param combinations further schemas, of which all, some, one or none must hold
 * @param rules in CEL, of which each must be true
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/">CRDs</a>
 */
public record Schema(
        Type type,
        boolean nullable,
        boolean open,
        Map<String, Schema> fields,
        Set<String> required,
        Optional<Schema> values,
        Optional<Schema> items,
        List<String> keys,
        boolean unique,
        Limits limits,
        List<Combination> combinations,
        List<Rule> rules) {

    /** The kinds of JSON values that a schema can ask for. */
    public enum Type {
        OBJECT("object"),
        LIST("array"),
        TEXT("string"),
        INTEGER("integer"),
        NUMBER("number"),
        FLAG("boolean"),
        INTEGER_OR_TEXT("integer or string"),
        ANY("any");

        private final String json;

        Type(String json) {
            this.json = json;
        }

        /** OpenAPI's word. */
        public String json() {
            return json;
        }
    }

    /**
     * A condition on a value.
     *
     * @param expression in CEL, about {@code self}
     * @param message what to say when it is false
     */
    public record Rule(String expression, String message) {}

    /** Schemas that are joined by a quantifier. */
    public record Combination(Mode mode, List<Schema> members) {

        /** How many of the members must hold; {@code NOT} has one member, which must not. */
        public enum Mode {
            ALL,
            ANY,
            ONE,
            NOT
        }
    }
}

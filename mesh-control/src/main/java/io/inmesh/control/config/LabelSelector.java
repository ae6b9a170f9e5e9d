package io.inmesh.control.config;

import java.util.List;
import java.util.Map;

/**
 * Kubernetes' LabelSelector: all of its labels and all of its expressions.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements">Labels and selectors</a>
 */
public record LabelSelector(Map<String, String> labels, List<Expression> expressions) {

    /** How an expression looks at a label. */
    public enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }

    /** One condition; without values for Exists and DoesNotExist. */
    public record Expression(String key, Operator operator, List<String> values) {
        static Expression read(Fields expression) {
            Expression read = new Expression(
                    expression.required("key"),
                    expression
                            .choice("operator", Operator.class)
                            .orElseThrow(() -> expression.invalid("operator", "is required")),
                    expression.texts("values"));
            boolean compares = read.operator == Operator.In || read.operator == Operator.NotIn;
            if (compares == read.values.isEmpty()) {
                throw expression.invalid("values", compares ? "is required" : "goes with In and NotIn only");
            }
            return read;
        }

        private boolean matches(Map<String, String> actual) {
            String value = actual.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    static LabelSelector read(Fields selector) {
        return new LabelSelector(selector.textMap("matchLabels"), selector.list("matchExpressions", Expression::read));
    }

    /** Whether something with these labels is meant; an empty selector means everything. */
    public boolean matches(Map<String, String> actual) {
        return actual.entrySet().containsAll(labels.entrySet())
                && expressions.stream().allMatch(expression -> expression.matches(actual));
    }
}

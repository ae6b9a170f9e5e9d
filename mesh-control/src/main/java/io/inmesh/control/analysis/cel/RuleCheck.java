package io.inmesh.control.analysis.cel;

import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.analysis.schema.Schema;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Whether a value that has its schema's shape keeps the schema's rules. Used by one thread. */
public final class RuleCheck {

    private final RuleEngine engine;
    private final List<Finding> findings = new ArrayList<>();

    private RuleCheck(RuleEngine engine) {
        this.engine = engine;
    }

    /** What is wrong by the rules of a schema and of the fields inside it. */
    public static List<Finding> of(Schema schema, YamlNode value, String path, RuleEngine engine) {
        RuleCheck check = new RuleCheck(engine);
        check.check(schema, value, path);
        return check.findings;
    }

    private void check(Schema schema, YamlNode value, String path) {
        if (value instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return;
        }
        if (!schema.rules().isEmpty()) {
            Object self = RuleValue.of(schema, value);
            for (Schema.Rule rule : schema.rules()) {
                engine.judge(rule.expression(), self, rule.message())
                        .ifPresent(wrong -> findings.add(Finding.invalid(
                                value.origin(),
                                path,
                                "Invalid value: \"" + schema.type().json() + "\": " + wrong)));
            }
        }
        if (value instanceof YamlNode.Mapping object) {
            object.entries().forEach((name, entry) -> {
                Schema inside = schema.fields().get(name);
                if (inside == null) {
                    inside = schema.values().orElse(null);
                }
                if (inside != null) {
                    check(inside, entry, path.isEmpty() ? name : path + "." + name);
                }
            });
        } else if (value instanceof YamlNode.Sequence list && schema.items().isPresent()) {
            for (int i = 0; i < list.items().size(); i++) {
                check(schema.items().get(), list.items().get(i), path + "[" + i + "]");
            }
        }
    }
}

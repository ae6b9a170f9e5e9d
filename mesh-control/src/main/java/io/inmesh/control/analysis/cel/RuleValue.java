package io.inmesh.control.analysis.cel;

import dev.cel.common.values.NullValue;
import io.inmesh.control.analysis.schema.Schema;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as rules see them: a number has the type that its schema gives it, and no field that is null. Stateless. */
final class RuleValue {

    /** Words of CEL: a field of such a name is written between underscores. */
    private static final Set<String> WORDS = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private RuleValue() {}

    static Object of(Schema schema, YamlNode node) {
        return value(schema, node);
    }

    private static Object value(@Nullable Schema schema, YamlNode node) {
        if (node instanceof YamlNode.Mapping object) {
            return map(schema, object);
        }
        if (node instanceof YamlNode.Sequence list) {
            List<Object> items = new ArrayList<>();
            Schema inside = schema == null ? null : schema.items().orElse(null);
            list.items().forEach(item -> items.add(value(inside, item)));
            return items;
        }
        Object value = ((YamlNode.Scalar) node).value();
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Number number && schema != null) {
            return switch (schema.type()) {
                case NUMBER -> number.doubleValue();
                case INTEGER -> number.longValue();
                default -> number;
            };
        }
        return value;
    }

    private static Object map(@Nullable Schema schema, YamlNode.Mapping object) {
        Map<String, Object> entries = new LinkedHashMap<>();
        object.entries().forEach((name, entry) -> {
            if (entry instanceof YamlNode.Scalar scalar && scalar.isNull()) {
                return;
            }
            Schema field = schema == null ? null : schema.fields().get(name);
            if (field != null) {
                entries.put(WORDS.contains(name) ? "__" + name + "__" : name, value(field, entry));
            } else {
                entries.put(name, value(schema == null ? null : schema.values().orElse(null), entry));
            }
        });
        return entries;
    }
}

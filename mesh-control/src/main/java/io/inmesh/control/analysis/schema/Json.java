package io.inmesh.control.analysis.schema;

import io.inmesh.control.yaml.YamlNode;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as JSON, for messages. Stateless. */
final class Json {

    private static final int LONGEST = 120;

    private Json() {}

    /** JSON's name of a value's type, whole numbers apart. */
    static String typeOf(YamlNode node) {
        if (node instanceof YamlNode.Mapping) {
            return "object";
        }
        if (node instanceof YamlNode.Sequence) {
            return "array";
        }
        Object value = ((YamlNode.Scalar) node).value();
        if (value == null) {
            return "null";
        } else if (value instanceof Boolean) {
            return "boolean";
        } else if (value instanceof Long) {
            return "integer";
        }
        return value instanceof Double ? "number" : "string";
    }

    static boolean isWhole(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof Double number
                && Math.rint(number) == number
                && Math.abs(number) <= Long.MAX_VALUE;
    }

    /** The path of a field; one whose name has dots stands in brackets, as the API server writes it. */
    static String at(String path, String name) {
        if (name.indexOf('.') >= 0 || name.isEmpty()) {
            return path + "[" + name + "]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    static String text(YamlNode node) {
        if (node instanceof YamlNode.Mapping object) {
            return object.entries().entrySet().stream()
                    .map(entry -> quoted(entry.getKey()) + ":" + text(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node instanceof YamlNode.Sequence list) {
            return list.items().stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
        }
        @Nullable Object value = ((YamlNode.Scalar) node).value();
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    /** As {@link #text}, cut where a message would grow too long. */
    static String shortText(YamlNode node) {
        if (!(node instanceof YamlNode.Scalar)) {
            return quoted(typeOf(node));
        }
        String text = text(node);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static String number(double value) {
        return Math.rint(value) == value ? String.valueOf((long) value) : String.valueOf(value);
    }
}

package io.inmesh.cli;

import io.inmesh.control.yaml.YamlNode;
import io.inmesh.xds.wire.JsonText;
import java.util.List;

/** What was read as YAML or JSON, written as JSON. Stateless. */
final class NodeJson {

    private static final int INDENT = 2;

    private NodeJson() {}

    static String of(YamlNode node) {
        JsonText json = JsonText.indented(INDENT);
        write(node, json);
        return json.toString();
    }

    static String of(List<? extends YamlNode> nodes) {
        JsonText json = JsonText.indented(INDENT);
        json.beginArray();
        for (YamlNode node : nodes) {
            json.element();
            write(node, json);
        }
        json.endArray();
        return json.toString();
    }

    private static void write(YamlNode node, JsonText json) {
        if (node instanceof YamlNode.Mapping object) {
            json.beginObject();
            object.entries().forEach((name, value) -> {
                json.key(name);
                write(value, json);
            });
            json.endObject();
        } else if (node instanceof YamlNode.Sequence list) {
            json.beginArray();
            for (YamlNode item : list.items()) {
                json.element();
                write(item, json);
            }
            json.endArray();
        } else {
            YamlNode.Scalar scalar = (YamlNode.Scalar) node;
            if (scalar.value() instanceof String text) {
                json.string(text);
            } else {
                json.literal(scalar.isNull() ? "null" : scalar.text());
            }
        }
    }
}

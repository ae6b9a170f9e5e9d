package io.inmesh.control.yaml;

import java.util.List;
import java.util.Map;

/** A YAML value that still knows its line. Immutable. */
public sealed interface YamlNode {

    Origin origin();

    /** What a person would call this value in a message. */
    String describe();

    /** A single value; plain ones are written without quotes, so that YAML decides whether they are text. */
    record Scalar(String text, boolean plain, Origin origin) implements YamlNode {

        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("null") || text.equals("~") || text.equals("Null"));
        }

        @Override
        public String describe() {
            return plain ? text : '"' + text + '"';
        }
    }

    /** A list, in written order. */
    record Sequence(List<YamlNode> items, Origin origin) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** An object, in written order. */
    record Mapping(Map<String, YamlNode> entries, Origin origin) implements YamlNode {
        @Override
        public String describe() {
            return "an object";
        }
    }
}

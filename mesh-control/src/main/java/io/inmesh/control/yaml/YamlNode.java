package io.inmesh.control.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

        /** What JSON would hold: null, a Boolean, a Long, a Double or text. */
        public @Nullable Object value() {
            return plain ? PlainValue.of(this) : text;
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

    /**
     * An object, in written order. The reading methods are for whoever looks for something and not for whoever judges: what is absent,
     * null or of another type is empty.
     */
    record Mapping(Map<String, YamlNode> entries, Origin origin) implements YamlNode {

        @Override
        public String describe() {
            return "an object";
        }

        /** Tells whether there is a value other than null. */
        public boolean has(String key) {
            YamlNode node = entries.get(key);
            return node != null && !(node instanceof Scalar scalar && scalar.isNull());
        }

        public Mapping object(String key) {
            return entries.get(key) instanceof Mapping object ? object : new Mapping(Map.of(), origin);
        }

        public List<YamlNode> list(String key) {
            return entries.get(key) instanceof Sequence list ? list.items() : List.of();
        }

        public List<Mapping> objects(String key) {
            List<Mapping> objects = new ArrayList<>();
            for (YamlNode item : list(key)) {
                if (item instanceof Mapping object) {
                    objects.add(object);
                }
            }
            return objects;
        }

        public String text(String key) {
            return entries.get(key) instanceof Scalar scalar && !scalar.isNull() ? scalar.text() : "";
        }

        public List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            for (YamlNode item : list(key)) {
                if (item instanceof Scalar scalar) {
                    texts.add(scalar.text());
                }
            }
            return texts;
        }

        /** The single values of an object whose keys are the operator's own, such as labels. */
        public Map<String, String> textMap(String key) {
            Map<String, String> texts = new LinkedHashMap<>();
            object(key).entries().forEach((name, node) -> {
                if (node instanceof Scalar scalar) {
                    texts.put(name, scalar.text());
                }
            });
            return texts;
        }

        /** A whole number, or the given one. */
        public long integer(String key, long otherwise) {
            return entries.get(key) instanceof Scalar scalar && scalar.value() instanceof Long number
                    ? number
                    : otherwise;
        }

        public Origin originOf(String key) {
            YamlNode node = entries.get(key);
            return node == null ? origin : node.origin();
        }
    }
}

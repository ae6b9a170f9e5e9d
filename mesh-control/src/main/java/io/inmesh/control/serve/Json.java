package io.inmesh.control.serve;

import java.util.Collection;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as JSON. */
final class Json {

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    static String of(Object value) {
        Json json = new Json();
        json.write(value, "\n");
        return json.out.append('\n').toString();
    }

    private void write(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            write('{', '}', map.entrySet(), indent);
        } else if (value instanceof Collection<?> list) {
            write('[', ']', list, indent);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            text(String.valueOf(entry.getKey()));
            out.append(": ");
            write(entry.getValue(), indent);
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(String.valueOf(value));
        }
    }

    private void write(char open, char close, Collection<?> values, String indent) {
        out.append(open);
        String deeper = indent + "  ";
        String before = deeper;
        for (Object value : values) {
            out.append(before);
            write(value, deeper);
            before = "," + deeper;
        }
        out.append(values.isEmpty() ? "" : indent).append(close);
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}

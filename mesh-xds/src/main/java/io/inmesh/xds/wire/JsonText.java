package io.inmesh.xds.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Builds JSON text; commas and indentation come by themselves. For one thread. */
final class JsonText {

    private final StringBuilder text = new StringBuilder();
    private final boolean pretty;
    /** For each open object or array, whether it is still empty. */
    private final Deque<Boolean> empty = new ArrayDeque<>();

    JsonText(boolean pretty) {
        this.pretty = pretty;
    }

    void beginObject() {
        begin('{');
    }

    void endObject() {
        end('}');
    }

    void beginArray() {
        begin('[');
    }

    void endArray() {
        end(']');
    }

    /** Before each element of an array. */
    void element() {
        if (!empty.pop()) {
            text.append(',');
        }
        empty.push(false);
        newLine();
    }

    /** Before each value of an object. */
    void key(String name) {
        element();
        string(name);
        text.append(pretty ? ": " : ":");
    }

    void literal(String value) {
        text.append(value);
    }

    void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(Double.toString(value));
        } else {
            text.append(value);
        }
    }

    void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                // Also what HTML pages and JavaScript would misread.
                if (c < ' ' || c == '<' || c == '>' || c == '\u2028' || c == '\u2029') {
                    text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    text.append(c);
                }
            }
        }
    }

    private void begin(char bracket) {
        text.append(bracket);
        empty.push(true);
    }

    private void end(char bracket) {
        if (!empty.pop()) {
            newLine();
        }
        text.append(bracket);
    }

    private void newLine() {
        if (pretty) {
            text.append('\n').append("  ".repeat(empty.size()));
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

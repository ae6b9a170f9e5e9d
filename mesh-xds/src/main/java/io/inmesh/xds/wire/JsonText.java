package io.inmesh.xds.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Builds JSON text; commas and indentation come by themselves. For one thread. */
public final class JsonText {

    private static final int NONE = 0;

    private final StringBuilder text = new StringBuilder();
    private final int indent;
    /** For each open object or array, whether it is still empty. */
    private final Deque<Boolean> empty = new ArrayDeque<>();

    private JsonText(int indent) {
        this.indent = indent;
    }

    /** On one line. */
    public static JsonText compact() {
        return new JsonText(NONE);
    }

    /** On several lines, each level this many spaces to the right. */
    public static JsonText indented(int spaces) {
        return new JsonText(spaces);
    }

    /** Followed by keys, each with a value. */
    public void beginObject() {
        begin('{');
    }

    /** Ends the object. */
    public void endObject() {
        end('}');
    }

    /** Followed by elements, each announced. */
    public void beginArray() {
        begin('[');
    }

    /** Ends the array. */
    public void endArray() {
        end(']');
    }

    /** Before each element of an array. */
    public void element() {
        if (!empty.pop()) {
            text.append(',');
        }
        empty.push(false);
        newLine();
    }

    /** Before each value of an object. */
    public void key(String name) {
        element();
        string(name);
        text.append(indent > NONE ? ": " : ":");
    }

    /** A number, a truth value or null, as it is. */
    public void literal(String value) {
        text.append(value);
    }

    /** JSON has no word for infinity and the like: they become texts, as in protobuf. */
    public void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(Double.toString(value));
        } else {
            text.append(value);
        }
    }

    /** A member of an object. */
    public void member(String name, String value) {
        key(name);
        string(value);
    }

    /** A member of an object. */
    public void member(String name, long value) {
        key(name);
        literal(Long.toString(value));
    }

    /** A member of an object. */
    public void member(String name, boolean value) {
        key(name);
        literal(Boolean.toString(value));
    }

    /** A text, escaped. */
    public void string(String value) {
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
        if (indent > NONE) {
            text.append('\n').append(" ".repeat(indent * empty.size()));
        }
    }

    /** What has been written. */
    @Override
    public String toString() {
        return text.toString();
    }
}

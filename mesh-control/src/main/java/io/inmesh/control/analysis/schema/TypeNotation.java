package io.inmesh.control.analysis.schema;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How a value's type is written in one line: {@code text}, {@code text 1..63}, {@code text /^[a-z]*$/}, {@code int 0..100},
 * {@code int32}, {@code uint32}, {@code number 0..}, {@code flag}, {@code time}, {@code bytes}, {@code whole} (a number or text),
 * {@code open} (an object with any fields), {@code A|B} (one of these words), {@code [T]} (a list), {@code {T}} (an object with free
 * keys), the name of a type; then a range of its length, {@code by name} for what tells the items of a list apart, and {@code ?} where
 * null may stand. Stateless.
 */
final class TypeNotation {

    private static final double MOST_UINT32 = 4_294_967_295d;

    private final Function<String, Schema> named;

    TypeNotation(Function<String, Schema> named) {
        this.named = named;
    }

    Schema read(String written) {
        String text = written.strip();
        if (text.endsWith("?")) {
            SchemaDraft draft = SchemaDraft.of(read(text.substring(0, text.length() - 1)));
            draft.nullable = true;
            return draft.done();
        }
        return switch (text.charAt(0)) {
            case '[' -> container(text, ']', Schema.Type.LIST);
            case '{' -> container(text, '}', Schema.Type.OBJECT);
            default -> single(text);
        };
    }

    private Schema container(String text, char close, Schema.Type type) {
        int end = text.lastIndexOf(close);
        Schema inner = read(text.substring(1, end));
        SchemaDraft draft = new SchemaDraft(type);
        if (type == Schema.Type.LIST) {
            draft.items = inner;
        } else {
            draft.values = inner;
        }
        String rest = text.substring(end + 1).strip();
        int by = rest.indexOf("by ");
        if (by >= 0) {
            draft.keys = List.of(rest.substring(by + 3).split(",", -1));
            rest = rest.substring(0, by).strip();
        }
        if (!rest.isEmpty()) {
            draft.limits = Limits.NONE.withLength(length(rest, 0), length(rest, 1));
        }
        return draft.done();
    }

    private Schema single(String text) {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        return switch (word) {
            case "text" -> text(rest);
            case "int" -> number(Schema.Type.INTEGER, rest, "");
            case "int32" -> number(Schema.Type.INTEGER, rest, "int32");
            case "number" -> number(Schema.Type.NUMBER, rest, "");
            case "uint32" -> unsigned();
            case "flag" -> new SchemaDraft(Schema.Type.FLAG).done();
            case "whole" -> new SchemaDraft(Schema.Type.INTEGER_OR_TEXT).done();
            case "time" -> limited(Schema.Type.TEXT, Limits.NONE.withFormat("date-time"));
            case "bytes" -> limited(Schema.Type.TEXT, Limits.NONE.withFormat("byte"));
            case "open" -> open();
            default ->
                text.indexOf('|') > 0
                        ? limited(Schema.Type.TEXT, Limits.NONE.withAllowed(List.of(text.split("\\|", -1))))
                        : named.apply(text);
        };
    }

    private static Schema text(String rest) {
        Limits limits = Limits.NONE;
        int slash = rest.indexOf('/');
        if (slash >= 0) {
            limits = limits.withPattern(rest.substring(slash + 1, rest.length() - 1));
        }
        String range = slash < 0 ? rest : rest.substring(0, slash).strip();
        return limited(
                Schema.Type.TEXT, range.isEmpty() ? limits : limits.withLength(length(range, 0), length(range, 1)));
    }

    private static Schema number(Schema.Type type, String rest, String format) {
        Limits limits = Limits.NONE.withFormat(format);
        return limited(type, rest.isEmpty() ? limits : limits.withRange(bound(rest, 0), bound(rest, 1)));
    }

    private static Schema unsigned() {
        return limited(
                Schema.Type.INTEGER, Limits.NONE.withRange(OptionalDouble.of(0), OptionalDouble.of(MOST_UINT32)));
    }

    private static Schema open() {
        SchemaDraft draft = new SchemaDraft(Schema.Type.OBJECT);
        draft.open = true;
        return draft.done();
    }

    private static Schema limited(Schema.Type type, Limits limits) {
        SchemaDraft draft = new SchemaDraft(type);
        draft.limits = limits;
        return draft.done();
    }

    private static OptionalLong length(String range, int end) {
        String bound = range.split("\\.\\.", -1)[end];
        return bound.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(bound));
    }

    private static OptionalDouble bound(String range, int end) {
        String bound = range.split("\\.\\.", -1)[end];
        return bound.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(bound));
    }
}

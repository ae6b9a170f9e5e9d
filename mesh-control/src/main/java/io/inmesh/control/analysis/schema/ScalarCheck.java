package io.inmesh.control.analysis.schema;

import io.inmesh.control.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.stream.Collectors;

/** Whether single values and counts keep within their limits. Used by one thread. */
final class ScalarCheck {

    private final Patterns patterns;
    private final Refusal refusal;

    /** Takes what is wrong. */
    interface Refusal {
        void refuse(YamlNode value, String path, String reason);
    }

    ScalarCheck(Patterns patterns, Refusal refusal) {
        this.patterns = patterns;
        this.refusal = refusal;
    }

    Patterns patterns() {
        return patterns;
    }

    void check(Schema schema, YamlNode.Scalar scalar, String path) {
        Limits limits = schema.limits();
        if (!limits.allowed().isEmpty() && !limits.allowed().contains(scalar.text())) {
            String supported = limits.allowed().stream().map(Json::quoted).collect(Collectors.joining(", "));
            refusal.refuse(
                    scalar, path, "Unsupported value: " + Json.text(scalar) + ": supported values: " + supported);
        }
        Object value = scalar.value();
        if (value instanceof String text) {
            text(limits, text, scalar, path);
        } else if (value instanceof Number number) {
            number(limits, number, scalar, path);
        }
    }

    private void text(Limits limits, String text, YamlNode.Scalar scalar, String path) {
        int length = text.codePointCount(0, text.length());
        if (limits.shortest().isPresent() && length < limits.shortest().getAsLong()) {
            body(scalar, path, "should be at least " + limits.shortest().getAsLong() + " chars long");
        }
        if (limits.longest().isPresent() && length > limits.longest().getAsLong()) {
            refusal.refuse(
                    scalar,
                    path,
                    "Too long: may not be more than " + limits.longest().getAsLong() + " bytes");
        }
        if (!limits.pattern().isEmpty() && !patterns.find(limits.pattern(), text)) {
            body(scalar, path, "should match '" + limits.pattern() + "'");
        }
        if (!hasFormat(limits.format(), text)) {
            body(scalar, path, "must be of type " + limits.format() + ": " + Json.text(scalar));
        }
    }

    private static boolean hasFormat(String format, String text) {
        try {
            switch (format) {
                case "date-time" -> OffsetDateTime.parse(text);
                case "byte" -> Base64.getMimeDecoder().decode(text);
                default -> {}
            }
            return true;
        } catch (DateTimeException | IllegalArgumentException otherwise) {
            return false;
        }
    }

    private void number(Limits limits, Number number, YamlNode.Scalar scalar, String path) {
        double value = number.doubleValue();
        if (limits.least().isPresent() && value < limits.least().getAsDouble()) {
            body(
                    scalar,
                    path,
                    "should be greater than or equal to "
                            + Json.number(limits.least().getAsDouble()));
        }
        if (limits.most().isPresent() && value > limits.most().getAsDouble()) {
            body(
                    scalar,
                    path,
                    "should be less than or equal to "
                            + Json.number(limits.most().getAsDouble()));
        }
        if (limits.format().equals("int32") && (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE)) {
            body(scalar, path, "must be of type int32: " + Json.quoted(scalar.text()));
        }
    }

    void count(Limits limits, int count, String of, YamlNode value, String path) {
        if (limits.shortest().isPresent() && count < limits.shortest().getAsLong()) {
            body(value, path, "should have at least " + limits.shortest().getAsLong() + " " + of);
        }
        if (limits.longest().isPresent() && count > limits.longest().getAsLong()) {
            refusal.refuse(
                    value,
                    path,
                    "Too many: " + count + ": must have at most "
                            + limits.longest().getAsLong() + " items");
        }
    }

    private void body(YamlNode value, String path, String reason) {
        refusal.refuse(value, path, "Invalid value: " + Json.shortText(value) + ": " + path + " in body " + reason);
    }
}

package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values as the Kubernetes API does: a number where text is wanted is an error and not text. */
final class Scalars {

    private static final Pattern NOT_TEXT = Pattern.compile(
            "true|false|[-+]?[0-9]+|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?|0x[0-9a-fA-F]+");
    private static final Pattern DURATION_PART =
            Pattern.compile("\\G([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));
    private static final int LONGEST_TEXT = 65_536;

    private Scalars() {}

    static String text(YamlNode node, String at) {
        YamlNode.Scalar scalar = scalar(node, at, "text");
        if (scalar.plain() && NOT_TEXT.matcher(scalar.text()).matches()) {
            throw new InvalidResourceException(
                    node.origin(), at, "must be text: write \"" + scalar.text() + "\" in quotes");
        }
        if (scalar.text().length() > LONGEST_TEXT) {
            throw new InvalidResourceException(node.origin(), at, "is longer than " + LONGEST_TEXT + " characters");
        }
        return scalar.text();
    }

    static long integer(YamlNode node, String at, long least, long most) {
        YamlNode.Scalar scalar = scalar(node, at, "a number");
        try {
            long value = Long.parseLong(scalar.text());
            if (scalar.plain() && value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // the message below says it
        }
        throw new InvalidResourceException(
                node.origin(), at, "must be a whole number from " + least + " to " + most + ", not " + node.describe());
    }

    static double number(YamlNode node, String at, double least, double most) {
        YamlNode.Scalar scalar = scalar(node, at, "a number");
        try {
            double value = Double.parseDouble(scalar.text());
            if (scalar.plain() && value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // the message below says it
        }
        throw new InvalidResourceException(
                node.origin(), at, "must be a number from " + least + " to " + most + ", not " + node.describe());
    }

    static boolean flag(YamlNode node, String at) {
        YamlNode.Scalar scalar = scalar(node, at, "true or false");
        if (scalar.plain() && (scalar.text().equals("true") || scalar.text().equals("false"))) {
            return scalar.text().equals("true");
        }
        throw new InvalidResourceException(node.origin(), at, "must be true or false, not " + node.describe());
    }

    /** Istio's durations are Go's, such as {@code 1.5s} or {@code 1m30s}. */
    static Duration duration(YamlNode node, String at) {
        String text = scalar(node, at, "a duration").text();
        Matcher part = DURATION_PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find()) {
            nanos = nanos.add(
                    new BigDecimal(part.group(1)).multiply(NANOS.getOrDefault(part.group(2), BigDecimal.ONE)));
            end = part.end();
        }
        if (text.isEmpty() || end != text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new InvalidResourceException(
                    node.origin(), at, "must be a duration such as 250ms or 1m30s, not " + node.describe());
        }
        return Duration.ofNanos(nanos.longValue());
    }

    private static YamlNode.Scalar scalar(YamlNode node, String at, String wanted) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar;
        }
        throw new InvalidResourceException(node.origin(), at, "must be " + wanted + ", not " + node.describe());
    }
}

package io.inmesh.api.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the value of a {@link PolicyField} is written. */
public enum ValueKind {
    /** As in Istio's YAML, such as {@code 2s}, {@code 500ms} or {@code 1m30s}; a {@link Duration}. */
    DURATION {
        @Override
        Object parse(String text) {
            return duration(text);
        }
    },
    /** An integer from 0; a {@link Long}. */
    COUNT {
        @Override
        Object parse(String text) {
            return number(text, 0, Integer.MAX_VALUE);
        }
    },
    /** 0 to 100; a {@link Long}. */
    PERCENT {
        @Override
        Object parse(String text) {
            return number(text, 0, 100);
        }
    },
    /** An HTTP status, 200 to 599; a {@link Long}. */
    STATUS {
        @Override
        Object parse(String text) {
            return number(text, 200, 599);
        }
    },
    /** Anything; a {@link String}. */
    TEXT {
        @Override
        Object parse(String text) {
            return text;
        }
    },
    /** Words with commas between them; a {@link List} of strings. */
    WORDS {
        @Override
        Object parse(String text) {
            return List.of(text.trim().split("\\s*,\\s*", -1));
        }
    },
    /** Lines such as {@code x-tier: gold} with newlines between them; a {@link List} of strings. */
    HEADERS {
        @Override
        Object parse(String text) {
            return text.lines().map(ValueKind::header).toList();
        }
    };

    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|us|ns|m|s)");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*:\\s*([\\t\\x20-\\x7e]*)");

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is none of this kind; the message says what one looks like
     */
    abstract Object parse(String text);

    static Duration duration(String text) {
        Matcher part = DURATION_TEXT.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plusNanos((long) (Double.parseDouble(part.group(1)) * nanosPer(part.group(2))));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 2s, 500ms or 1m30s");
        }
        return sum;
    }

    private static double nanosPer(String unit) {
        return switch (unit) {
            case "h" -> 3.6e12;
            case "m" -> 6e10;
            case "s" -> 1e9;
            case "ms" -> 1e6;
            case "us" -> 1e3;
            default -> 1;
        };
    }

    static Long number(String text, int least, int most) {
        if (text.matches("\\d{1,10}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no integer from " + least + " to " + most);
    }

    private static String header(String line) {
        Matcher header = HEADER.matcher(line.trim());
        if (!header.matches()) {
            throw new IllegalArgumentException("'" + line + "' is no header such as 'x-tier: gold'");
        }
        return header.group(1).toLowerCase(Locale.ROOT) + ": " + header.group(2);
    }
}

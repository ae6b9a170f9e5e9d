package io.inmesh.control.translate;

import io.inmesh.control.config.StringMatch;
import io.inmesh.xds.envoy.Matchers.RegexMatcher;
import io.inmesh.xds.envoy.Matchers.StringMatcher;
import io.inmesh.xds.wire.Message;

/** Istio's StringMatch and the {@code *} of its security policies as Envoy's StringMatcher. */
final class StringMatches {

    private StringMatches() {}

    static Message of(StringMatch match) {
        return switch (match.kind()) {
            case EXACT -> exact(match.value());
            case PREFIX -> prefix(match.value());
            case REGEX -> regex(match.value());
        };
    }

    static Message exact(String text) {
        return Message.of(StringMatcher.TYPE).with(StringMatcher.EXACT, text);
    }

    static Message prefix(String text) {
        return Message.of(StringMatcher.TYPE).with(StringMatcher.PREFIX, text);
    }

    static Message regex(String regex) {
        return Message.of(StringMatcher.TYPE).with(StringMatcher.SAFE_REGEX, regexMatcher(regex));
    }

    static Message regexMatcher(String regex) {
        return Message.of(RegexMatcher.TYPE).with(RegexMatcher.REGEX, regex);
    }

    /** A security policy's value: {@code *} anything, {@code x*} a prefix, {@code *x} a suffix, else exact. */
    static Message wildcard(String value) {
        if (value.equals("*")) {
            return regex(".+");
        }
        if (value.startsWith("*")) {
            return Message.of(StringMatcher.TYPE).with(StringMatcher.SUFFIX, value.substring(1));
        }
        return value.endsWith("*") ? prefix(value.substring(0, value.length() - 1)) : exact(value);
    }

    /** A value as a part of a regular expression: its {@code *} stand for anything, all else for itself. */
    static String regexOf(String value) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if ("\\.+?()|[]{}^$".indexOf(c) >= 0) {
                regex.append('\\').append(c);
            } else {
                regex.append(c);
            }
        }
        return regex.toString();
    }
}

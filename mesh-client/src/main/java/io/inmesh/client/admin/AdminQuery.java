package io.inmesh.client.admin;

import io.inmesh.client.match.Regex;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The parameters behind the question mark. Immutable. */
record AdminQuery(Map<String, List<String>> parameters) {

    /**
     * Splits a raw query.
     *
     * @param raw null if there is none
     */
    static AdminQuery of(@Nullable String raw) throws NotUnderstoodException {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters
                    .computeIfAbsent(decoded(name), fresh -> new ArrayList<>())
                    .add(decoded(value));
        }
        return new AdminQuery(parameters);
    }

    private static String decoded(String text) throws NotUnderstoodException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new NotUnderstoodException("not a query: " + e.getMessage());
        }
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** Its first value; empty if it is absent. */
    String first(String name) {
        return all(name).isEmpty() ? "" : all(name).get(0);
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** One of the formats that a page has; the first is the default. */
    String format(String... known) throws NotUnderstoodException {
        String asked = has("format") ? first("format") : known[0];
        for (String format : known) {
            if (format.equals(asked)) {
                return format;
            }
        }
        throw new NotUnderstoodException("usage: format is one of " + String.join(", ", known));
    }

    /** Names in which the expression occurs; every name if there is none. */
    Predicate<String> occursIn(String parameter) throws NotUnderstoodException {
        if (!has(parameter)) {
            return name -> true;
        }
        Regex regex = regex(parameter);
        return regex::occursIn;
    }

    /** Names that the expression matches as a whole; every name if there is none. */
    Predicate<String> matching(String parameter) throws NotUnderstoodException {
        if (!has(parameter)) {
            return name -> true;
        }
        Regex regex = regex(parameter);
        return regex::matches;
    }

    private Regex regex(String parameter) throws NotUnderstoodException {
        try {
            return Regex.compile(first(parameter));
        } catch (IllegalArgumentException e) {
            throw new NotUnderstoodException("Invalid " + parameter + ": " + e.getMessage());
        }
    }

    /** The question is not one; the message says what would be. */
    static final class NotUnderstoodException extends Exception {

        private static final long serialVersionUID = 1L;
        private final int status;

        NotUnderstoodException(String message) {
            this(400, message);
        }

        NotUnderstoodException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}

package io.inmesh.conformance.http;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One header line; the name as it was on the wire. */
public record Header(String name, String value) {

    /** The values of all lines of this name, joined by a comma; null if there is none. */
    public static @Nullable String joined(List<Header> headers, String name) {
        List<String> values = all(headers, name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    public static List<String> all(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    public static List<Header> without(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase(name))
                .toList();
    }

    /** The name as HTTP/2 and Envoy have it. */
    public String lowerName() {
        return name.toLowerCase(Locale.ROOT);
    }

    static String lines(List<Header> headers) {
        return headers.stream()
                .map(header -> header.name() + ": " + header.value() + "\r\n")
                .collect(Collectors.joining());
    }
}

package io.inmesh.client.route;

import org.jspecify.annotations.Nullable;

/** Reads {@code Cookie} headers as Envoy does. */
final class Cookies {

    private Cookies() {}

    /** The first cookie's value of a name, without the quotes around it; null if there is none. */
    static @Nullable String value(String header, String name) {
        for (int at = 0; at < header.length(); ) {
            int semicolon = header.indexOf(';', at);
            int end = semicolon < 0 ? header.length() : semicolon;
            while (at < end && header.charAt(at) == ' ') {
                at++;
            }
            int equals = header.indexOf('=', at);
            if (equals == at + name.length() && equals < end && header.startsWith(name, at)) {
                return unquoted(header.substring(equals + 1, end));
            }
            at = end + 1;
        }
        return null;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}

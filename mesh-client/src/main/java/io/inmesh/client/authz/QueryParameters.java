package io.inmesh.client.authz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The query of a target, read as bytes: names and values with their escapes undone, a plus sign kept, as Envoy reads them. */
final class QueryParameters {

    private QueryParameters() {}

    /** Every value of a name: handlers differ in which of several they believe. */
    static List<String> values(String target, String name) {
        int query = target.indexOf('?');
        List<String> values = new ArrayList<>(1);
        int start = query + 1;
        while (query >= 0 && start <= target.length()) {
            int end = end(target, start);
            int equals = target.indexOf('=', start);
            boolean hasValue = equals >= 0 && equals < end;
            if (unescaped(target.substring(start, hasValue ? equals : end)).equals(name)) {
                values.add(hasValue ? unescaped(target.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
        return values;
    }

    /** The target without any value of a name; everything else stays as it was written. */
    static String without(String target, String name) {
        int query = target.indexOf('?');
        if (query < 0) {
            return target;
        }
        StringBuilder left = new StringBuilder(target.length());
        int start = query + 1;
        while (start <= target.length()) {
            int end = end(target, start);
            String pair = target.substring(start, end);
            int equals = pair.indexOf('=');
            if (!unescaped(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                left.append(left.isEmpty() ? '?' : '&').append(pair);
            }
            start = end + 1;
        }
        return left.length() <= 1
                ? target.substring(0, query)
                : left.insert(0, target, 0, query).toString();
    }

    private static int end(String target, int start) {
        int end = target.indexOf('&', start);
        return end < 0 ? target.length() : end;
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() && text.charAt(i) == '%' ? digit(text.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : digit(text.charAt(i + 2));
            if (low < 0) {
                bytes[length++] = (byte) text.charAt(i);
            } else {
                bytes[length++] = (byte) ((high << 4) | low);
                i += 2;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}

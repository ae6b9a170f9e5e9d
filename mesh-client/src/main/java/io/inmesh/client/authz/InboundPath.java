package io.inmesh.client.authz;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One request path in every form that a policy or a handler could take it for. The handler is given {@link #target}, so that it
 * dispatches on {@link #canonical} and on nothing else; policies look at all forms (docs/adr/0010). Immutable.
 *
 * @param canonical without query and parameters: dot segments resolved, slashes merged, every escape that is not needed undone, the
 *     others in upper case
 * @param sent as Envoy matches it with {@code normalize_path}: dot segments resolved, escaped letters, digits and {@code -._~} undone,
 *     anything else as it was sent
 * @param decoded {@link #canonical} with every escape undone: what a handler reads
 * @param target what to hand to the server instead of the request's own target: canonical, with parameters and query
 */
public record InboundPath(String canonical, String sent, String decoded, String target) {

    private static final String PLAIN_PUNCTUATION = "-_~!$&'()*+,=:@.";

    /**
     * Normalises a request's target.
     *
     * @param target path and query as they came, bytes as Latin-1
     * @return empty if it has no one meaning: 400 is the answer
     */
    public static Optional<InboundPath> of(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        if (path.isEmpty() || path.charAt(0) != '/' || target.indexOf('#') >= 0) {
            return Optional.empty();
        }
        if (hasOneForm(path)) {
            return Optional.of(new InboundPath(path, path, path, target));
        }
        return PathSegments.parse(path).map(segments -> segments.path(end < 0 ? "" : target.substring(end)));
    }

    /** Whether all forms are one. */
    boolean isPlain() {
        return canonical.equals(sent) && canonical.equals(decoded);
    }

    static boolean needsNoEscape(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PLAIN_PUNCTUATION.indexOf(c) >= 0;
    }

    static String decode(String canonical) {
        if (canonical.indexOf('%') < 0) {
            return canonical;
        }
        byte[] bytes = canonical.getBytes(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                bytes[length++] = (byte) ((Character.digit(bytes[i + 1], 16) << 4) | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                bytes[length++] = bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Almost every path: no escape, no dot segment, no repeated slash, so that all forms are this very string. */
    private static boolean hasOneForm(String path) {
        char previous = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean odd = c == '/' ? previous == '/' : !needsNoEscape(c) || (c == '.' && previous == '/');
            if (odd) {
                return false;
            }
            previous = c;
        }
        return true;
    }
}

package io.inmesh.client.authz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A path taken apart at its slashes, dot segments resolved. One call's state. */
final class PathSegments {

    private final List<Segment> segments = new ArrayList<>();
    private boolean endsWithSlash;

    private PathSegments() {}

    /**
     * One segment in three forms.
     *
     * @param canonical without parameters
     * @param parameters from the first semicolon, or empty
     * @param sent as Envoy matches it, parameters included
     */
    private record Segment(String canonical, String parameters, String sent) {}

    static Optional<PathSegments> parse(String path) {
        PathSegments result = new PathSegments();
        int start = 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (!result.add(path.substring(start, end), slash < 0)) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return Optional.of(result);
    }

    InboundPath path(String query) {
        StringBuilder canonical = new StringBuilder();
        StringBuilder sent = new StringBuilder();
        StringBuilder target = new StringBuilder();
        for (Segment segment : segments) {
            sent.append('/').append(segment.sent);
            if (!segment.canonical.isEmpty()) {
                canonical.append('/').append(segment.canonical);
                target.append('/').append(segment.canonical).append(segment.parameters);
            }
        }
        if (endsWithSlash || segments.isEmpty()) {
            sent.append('/');
        }
        if (endsWithSlash || canonical.isEmpty()) {
            canonical.append('/');
            target.append('/');
        }
        String name = canonical.toString();
        return new InboundPath(name, sent.toString(), InboundPath.decode(name), target + query);
    }

    private boolean add(String raw, boolean last) {
        int semicolon = raw.indexOf(';');
        String name = semicolon < 0 ? raw : raw.substring(0, semicolon);
        String parameters = semicolon < 0 ? "" : raw.substring(semicolon);
        StringBuilder canonical = new StringBuilder();
        StringBuilder sent = new StringBuilder();
        if (!read(name, canonical, sent) || !read(parameters, new StringBuilder(), sent)) {
            return false;
        }
        boolean dots = canonical.toString().equals(".") || canonical.toString().equals("..");
        if (!parameters.isEmpty() && (dots || name.isEmpty())) {
            // `..;x` is a dot segment to some servers and a name to others (CVE-2026-73551).
            return false;
        }
        endsWithSlash = last && (dots || name.isEmpty());
        if (dots) {
            if (canonical.length() == 2 && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
        } else if (!last || !name.isEmpty()) {
            segments.add(new Segment(canonical.toString(), parameters, sent.toString()));
        }
        return true;
    }

    /** Rewrites the escapes of a part; false if a byte has no place in a path, or means something else to the next reader. */
    private static boolean read(String part, StringBuilder canonical, StringBuilder sent) {
        byte[] bytes = new byte[part.length()];
        int length = 0;
        for (int i = 0; i < part.length(); i++) {
            int c = part.charAt(i);
            boolean escaped = c == '%';
            if (escaped) {
                c = escape(part, i);
                i += 2;
            } else if (!InboundPath.needsNoEscape(c) && c != ';') {
                return false;
            }
            if (c <= 0 || c == '/' || c == '\\') {
                return false;
            }
            bytes[length++] = (byte) c;
            canonical.append(escaped && !InboundPath.needsNoEscape(c) ? hex(c) : String.valueOf((char) c));
            sent.append(escaped && !isUnreserved(c) ? part.substring(i - 2, i + 1) : String.valueOf((char) c));
        }
        return isUtf8(ByteBuffer.wrap(bytes, 0, length));
    }

    /** The escaped byte's value; -1 if it is not an escape. */
    private static int escape(String part, int at) {
        if (at + 2 >= part.length()) {
            return -1;
        }
        int high = digit(part.charAt(at + 1));
        int low = digit(part.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isUnreserved(int c) {
        return c == '-' || c == '.' || c == '_' || c == '~' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    private static String hex(int c) {
        return "%" + Character.toUpperCase(Character.forDigit(c >> 4, 16))
                + Character.toUpperCase(Character.forDigit(c & 15, 16));
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

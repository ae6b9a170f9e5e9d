package io.inmesh.client.match;

/**
 * Paths as Envoy compares and sends them where a listener says {@code normalize_path}: escapes of letters, digits and {@code -._~} are
 * undone, and dot segments resolved; everything else stays as it is, queries above all.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto">Envoy,
 *     HttpConnectionManager.normalize_path</a>
 */
public final class RequestPath {

    private RequestPath() {}

    /**
     * The normalised path; the same instance if nothing is to be done, as for almost every path.
     *
     * @param path with its query
     */
    public static String normalized(String path) {
        int end = PathMatcher.end(path);
        if (!isOdd(path, end)) {
            return path;
        }
        StringBuilder normal = new StringBuilder(path.length());
        int lonely = -1;
        for (int i = 0; i < end; i++) {
            int escaped = path.charAt(i) == '%' ? escape(path, i, end) : -1;
            boolean undone = escaped >= 0 && isUnreserved(escaped);
            if (path.charAt(i) == '%' && escaped < 0) {
                lonely = normal.length();
            }
            normal.append(undone ? (char) escaped : path.charAt(i));
            i += undone ? 2 : 0;
            if (undone && lonely >= 0 && makesEscape(normal, lonely, i + 1 < end ? path.charAt(i + 1) : 0)) {
                normal.insert(lonely + 1, "25");
                lonely = -1;
            }
        }
        return withoutDots(normal.toString()) + path.substring(end);
    }

    /** Whether a percent sign that began no escape would begin one now, with what was undone behind it. */
    private static boolean makesEscape(StringBuilder normal, int percent, char next) {
        int behind = normal.length() - percent - 1;
        return behind >= 1
                && behind <= 2
                && Character.digit(normal.charAt(percent + 1), 16) >= 0
                && Character.digit(behind == 2 ? normal.charAt(percent + 2) : next, 16) >= 0;
    }

    private static boolean isOdd(String path, int end) {
        for (int i = 0; i < end; i++) {
            char c = path.charAt(i);
            if (c == '%' || (c == '.' && i > 0 && path.charAt(i - 1) == '/')) {
                return true;
            }
        }
        return false;
    }

    private static String withoutDots(String path) {
        StringBuilder kept = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start + 1);
            int next = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, next);
            if (segment.equals("/..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            } else if (!segment.equals("/.")) {
                kept.append(segment);
            }
            // What ended in dots was a folder.
            if (slash < 0 && (segment.equals("/..") || segment.equals("/."))) {
                kept.append('/');
            }
            start = next;
        }
        return kept.toString();
    }

    private static int escape(String path, int at, int end) {
        if (at + 2 > end - 1) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}

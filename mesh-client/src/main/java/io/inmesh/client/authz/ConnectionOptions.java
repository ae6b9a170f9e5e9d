package io.inmesh.client.authz;

import io.inmesh.api.http.MeshRequest;

/**
 * Headers that a request's {@code Connection} header names: they are for the next hop only, so that Envoy takes them away before its
 * filters while a server behind us may still see them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110, 7.6.1</a>
 */
final class ConnectionOptions {

    private ConnectionOptions() {}

    /** Whether the request names the header so; a header's name in lower case. */
    static boolean names(MeshRequest request, String header) {
        String options = request.header("connection");
        if (options == null || options.length() < header.length()) {
            return false;
        }
        int start = 0;
        while (start <= options.length()) {
            int comma = options.indexOf(',', start);
            int end = comma < 0 ? options.length() : comma;
            if (options.substring(start, end).strip().equalsIgnoreCase(header)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}

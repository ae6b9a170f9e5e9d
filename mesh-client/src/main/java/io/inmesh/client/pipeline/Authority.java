package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;

/** Reads ports from authorities without allocating. */
final class Authority {

    private Authority() {}

    /** The port that a request is for: the authority's, or its scheme's default. */
    static int port(MeshRequest request) {
        String authority = request.authority();
        int at = authority.length() - 1;
        int port = 0;
        int unit = 1;
        while (at >= 0 && digit(authority.charAt(at)) && unit <= 100_000) {
            port += unit * (authority.charAt(at) - '0');
            unit *= 10;
            at--;
        }
        boolean hasPort = unit > 1 && port <= 65_535 && at >= 0 && authority.charAt(at) == ':';
        return hasPort ? port : request.scheme().equals("https") ? 443 : 80;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

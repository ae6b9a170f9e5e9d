package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;

/** Reads ports from authorities without allocating. */
final class Authority {

    private Authority() {}

    /** The port that a request is for: the authority's, or its scheme's default. */
    static int port(MeshRequest request) {
        String authority = request.authority();
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon < authority.length() - 1 && authority.indexOf(']', colon) < 0;
        int port = 0;
        for (int i = colon + 1; hasPort && i < authority.length(); i++) {
            int digit = authority.charAt(i) - '0';
            hasPort = digit >= 0 && digit <= 9 && port <= 6553;
            port = 10 * port + digit;
        }
        return hasPort ? port : request.scheme().equals("https") ? 443 : 80;
    }
}

package io.inmesh.api.identity;

import java.util.Objects;

/**
 * A workload's name, {@code spiffe://<trust domain>/<path>}. In Istio the path is {@code ns/<namespace>/sa/<service account>}.
 *
 * @param trustDomain the authority part
 * @param path the part behind it, beginning with a slash; non-empty segments, none of them a dot segment
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md">SPIFFE ID</a>
 */
public record SpiffeId(TrustDomain trustDomain, String path) {

    private static final String SCHEME = "spiffe://";
    private static final int MAX_LENGTH = 2048;

    public SpiffeId {
        Objects.requireNonNull(trustDomain, "trustDomain");
        checkPath(path);
        if (SCHEME.length() + trustDomain.name().length() + path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A SPIFFE ID has at most 2048 characters");
        }
    }

    /**
     * Reads the exact text of a URI SAN.
     *
     * @throws IllegalArgumentException if it is not a workload's SPIFFE ID; nothing is normalised
     */
    public static SpiffeId parse(String uri) {
        if (!uri.startsWith(SCHEME)) {
            throw new IllegalArgumentException("A SPIFFE ID begins with spiffe://");
        }
        int slash = uri.indexOf('/', SCHEME.length());
        if (slash < 0) {
            throw new IllegalArgumentException("A workload's SPIFFE ID has a path");
        }
        return new SpiffeId(new TrustDomain(uri.substring(SCHEME.length(), slash)), uri.substring(slash));
    }

    /** Istio's identity of a Kubernetes service account. */
    public static SpiffeId of(TrustDomain trustDomain, String namespace, String serviceAccount) {
        return new SpiffeId(trustDomain, "/ns/" + namespace + "/sa/" + serviceAccount);
    }

    private static void checkPath(String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("A SPIFFE ID's path begins with a slash and does not end with one");
        }
        int start = 1;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            checkSegment(path.substring(start, end));
            start = end + 1;
        }
    }

    private static void checkSegment(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("A SPIFFE ID's path has no empty and no dot segments");
        }
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && c != '.' && c != '-' && c != '_') {
                throw new IllegalArgumentException("A SPIFFE ID's path has letters, digits, '.', '-' and '_' only");
            }
        }
    }

    /** The URI as it stands in a certificate. */
    public String uri() {
        return SCHEME + trustDomain.name() + path;
    }

    @Override
    public String toString() {
        return uri();
    }
}

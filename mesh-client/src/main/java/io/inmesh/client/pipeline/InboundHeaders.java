package io.inmesh.client.pipeline;

import io.inmesh.client.authz.RequestEdits;
import org.jspecify.annotations.Nullable;

/**
 * What the application must not see of a request's headers, and what it sees instead. Immutable.
 *
 * @param trusted the peer proved an identity of the mesh
 * @param forwardedClientCert the new value of {@code x-forwarded-client-cert}; null: none, whatever the request said
 * @param edits what filters took away and put in, such as claims of a token
 */
public record InboundHeaders(boolean trusted, @Nullable String forwardedClientCert, RequestEdits edits) {

    /** The header that tells a service who called. */
    public static final String FORWARDED_CLIENT_CERT = "x-forwarded-client-cert";

    /**
     * Whether a header of the request is taken away. What peers tell each other about themselves ends here; what steers a proxy is
     * taken from nobody who has not proved an identity (CVE-2024-45806).
     *
     * @param name lower case
     */
    public boolean drops(String name) {
        if (edits.removes(name) || name.equals(FORWARDED_CLIENT_CERT) || name.startsWith("x-envoy-peer-metadata")) {
            return true;
        }
        if (!name.startsWith("x-envoy-")) {
            return false;
        }
        return !trusted || name.equals("x-envoy-original-path") || name.equals("x-envoy-internal");
    }
}

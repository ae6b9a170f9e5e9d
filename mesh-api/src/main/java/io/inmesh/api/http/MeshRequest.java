package io.inmesh.api.http;

import io.inmesh.api.policy.CallPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as policies see it: HTTP/2's pseudo headers and the ordinary ones. Adapters implement it as a view over
 * their own request, so that nothing is copied to route a call.
 */
public interface MeshRequest extends MeshHeaders {

    /** The {@code :method}, such as {@code GET}. */
    String method();

    /** The {@code :scheme}, {@code http} or {@code https}. */
    String scheme();

    /** The scheme that routes and redirects look at: what {@code x-forwarded-proto} says, as in Envoy, else its own. */
    default String forwardedScheme() {
        String said = header("x-forwarded-proto");
        if (said == null) {
            return scheme();
        }
        return said.equalsIgnoreCase("https") ? "https" : said.equalsIgnoreCase("http") ? "http" : scheme();
    }

    /** The {@code :authority}: host and, where the URL has one that is not the scheme's default, port. */
    String authority();

    /** The {@code :path}: path and query as they go on the wire. */
    String path();

    /** What the application asks of this call beside the operator's policies; null for nothing. */
    default @Nullable CallPolicy policy() {
        return null;
    }

    /**
     * Whether there may be headers whose names begin so; true if that is not known.
     *
     * @param prefix lower case
     */
    default boolean mayHaveHeaders(String prefix) {
        return true;
    }

    /**
     * Whether a proxy would have all of it at once: no body, or a bounded one of known length. The route's timer then starts with the
     * request, else with the body's last byte.
     */
    default boolean complete() {
        return true;
    }

    /** Whether it can be sent a second time once some of it went out; not so for a body that can be written only once. */
    default boolean replayable() {
        return true;
    }

    /** Whether the caller itself would speak HTTP/2 without TLS, which matters to a cluster that speaks what its callers do. */
    default boolean http2() {
        return false;
    }
}

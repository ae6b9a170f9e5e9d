package io.inmesh.xds.model.route;

import org.jspecify.annotations.Nullable;

/**
 * Answers with a {@code Location} that differs from the request's URL in what is set.
 *
 * @param scheme null if it stays
 * @param host null if it stays
 * @param port null if it stays, or becomes the new scheme's default
 * @param path null if it stays
 * @param responseCode 301, 302, 303, 307 or 308
 * @param stripQuery the query is dropped
 */
public record Redirect(
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable PathRewrite path,
        int responseCode,
        boolean stripQuery)
        implements RouteAction {

    public Redirect {
        if (responseCode < 300 || responseCode > 399) {
            throw new IllegalArgumentException("A redirect's status is 3xx: " + responseCode);
        }
    }
}

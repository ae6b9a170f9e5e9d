package io.inmesh.client.compile;

import io.inmesh.client.authz.Rule;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.xds.model.route.RouteMatch;

/** Compiles what a security filter takes from requests by their path. */
final class InboundPaths {

    private InboundPaths() {}

    /**
     * A rule that is certain where all readings of a path agree.
     *
     * @throws UnsupportedOperationException if the match asks for more than a path; its message is the field
     */
    static Rule rule(RouteMatch match) {
        boolean pathOnly = match.headers().isEmpty()
                && match.queryParameters().isEmpty()
                && match.runtimeFraction() == null
                && !match.grpc();
        if (!pathOnly) {
            throw new UnsupportedOperationException("match");
        }
        try {
            PathMatcher path = new Matchers(new Regexes())
                    .path(match.path())
                    .orElseThrow(() -> new UnsupportedOperationException("match"));
            return Rule.urlPath(text -> path.matches(text, text.length()));
        } catch (IllegalArgumentException noRegex) {
            throw new UnsupportedOperationException("match.safe_regex", noRegex);
        }
    }
}

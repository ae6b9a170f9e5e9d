package io.inmesh.control.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What pages of other origins may do.
 *
 * @param forwardUnmatchedPreflights preflights of other origins go to the service; Istio's default
 */
public record CorsPolicy(
        List<StringMatch> allowOrigins,
        List<String> allowMethods,
        List<String> allowHeaders,
        List<String> exposeHeaders,
        Optional<Duration> maxAge,
        Optional<Boolean> allowCredentials,
        boolean forwardUnmatchedPreflights) {

    /** Istio's UnmatchedPreflights. */
    enum UnmatchedPreflights {
        UNSPECIFIED,
        FORWARD,
        IGNORE
    }

    static CorsPolicy read(Fields cors) {
        List<StringMatch> origins = cors.list("allowOrigins", StringMatch::read);
        List<StringMatch> deprecated = cors.texts("allowOrigin").stream()
                .map(origin -> new StringMatch(StringMatch.Kind.EXACT, origin))
                .toList();
        return new CorsPolicy(
                origins.isEmpty() ? deprecated : origins,
                cors.texts("allowMethods"),
                cors.texts("allowHeaders"),
                cors.texts("exposeHeaders"),
                cors.duration("maxAge"),
                cors.flag("allowCredentials"),
                cors.choice("unmatchedPreflights", UnmatchedPreflights.class).orElse(UnmatchedPreflights.UNSPECIFIED)
                        != UnmatchedPreflights.IGNORE);
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.CorsPolicy;
import io.inmesh.xds.envoy.CoreBase.RuntimeFractionalPercent;
import io.inmesh.xds.envoy.Cors;
import io.inmesh.xds.wire.Message;

/** VirtualService {@code http.corsPolicy} as the CORS filter's settings of one route. */
final class CorsTranslation {

    private CorsTranslation() {}

    static Message of(CorsPolicy cors) {
        return Message.of(Cors.CorsPolicy.TYPE)
                .with(
                        Cors.CorsPolicy.ALLOW_ORIGIN_STRING_MATCH,
                        cors.allowOrigins().stream().map(StringMatches::of).toList())
                .with(Cors.CorsPolicy.ALLOW_METHODS, String.join(",", cors.allowMethods()))
                .with(Cors.CorsPolicy.ALLOW_HEADERS, String.join(",", cors.allowHeaders()))
                .with(Cors.CorsPolicy.EXPOSE_HEADERS, String.join(",", cors.exposeHeaders()))
                .with(
                        Cors.CorsPolicy.MAX_AGE,
                        cors.maxAge().map(age -> Long.toString(age.toSeconds())).orElse(""))
                .with(Cors.CorsPolicy.ALLOW_CREDENTIALS, cors.allowCredentials().orElse(null))
                .with(
                        Cors.CorsPolicy.FILTER_ENABLED,
                        Message.of(RuntimeFractionalPercent.TYPE)
                                .with(RuntimeFractionalPercent.DEFAULT_VALUE, Messages.fraction(100)))
                .with(Cors.CorsPolicy.FORWARD_NOT_MATCHING_PREFLIGHTS, cors.forwardUnmatchedPreflights());
    }
}

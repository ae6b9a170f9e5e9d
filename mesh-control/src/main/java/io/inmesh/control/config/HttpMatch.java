package io.inmesh.control.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Istio's HTTPMatchRequest: every part that is there must hold.
 *
 * @param headers names in lower case; an empty match asks for presence
 * @param port of the called service; compared when routes are made, not per request
 * @param sourceLabels of the calling workload; compared when routes are made
 * @param statPrefix under which Envoys count the route's requests
 * @param gateways the only gateways (or {@code mesh}) that the match is for; empty means those of the VirtualService
 */
public record HttpMatch(
        String name,
        Optional<StringMatch> uri,
        boolean ignoreUriCase,
        Optional<StringMatch> scheme,
        Optional<StringMatch> method,
        Optional<StringMatch> authority,
        Map<String, Optional<StringMatch>> headers,
        Map<String, Optional<StringMatch>> withoutHeaders,
        Map<String, Optional<StringMatch>> queryParams,
        OptionalInt port,
        Map<String, String> sourceLabels,
        Optional<String> sourceNamespace,
        List<String> gateways,
        Optional<String> statPrefix) {

    static HttpMatch read(Fields match) {
        return new HttpMatch(
                match.text("name").orElse(""),
                match.object("uri", StringMatch::read),
                match.flag("ignoreUriCase").orElse(false),
                match.object("scheme", StringMatch::read),
                match.object("method", StringMatch::read),
                match.object("authority", StringMatch::read),
                match.map("headers", HttpMatch::presenceOrMatch),
                match.map("withoutHeaders", HttpMatch::presenceOrMatch),
                match.map("queryParams", HttpMatch::presenceOrMatch),
                match.integer("port", 1, 65_535),
                match.textMap("sourceLabels"),
                match.text("sourceNamespace"),
                match.texts("gateways"),
                match.text("statPrefix").filter(prefix -> !prefix.isEmpty()));
    }

    /** Istio reads an empty match, an empty prefix and the regex {@code *} as "is there". */
    private static Optional<StringMatch> presenceOrMatch(Fields match) {
        boolean presence = match.text("prefix").filter(String::isEmpty).isPresent()
                || match.text("regex").filter("*"::equals).isPresent()
                || (!match.has("exact") && !match.has("prefix") && !match.has("regex"));
        return presence ? Optional.empty() : Optional.of(StringMatch.read(match));
    }
}

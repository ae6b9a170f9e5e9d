package io.inmesh.client.compile;

import io.inmesh.client.match.Regex;
import io.inmesh.client.route.HashSources;
import io.inmesh.client.route.RequestHash;
import io.inmesh.client.route.RequestHash.HashSource;
import io.inmesh.xds.model.route.HashPolicy;
import io.inmesh.xds.model.route.HashPolicy.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A route's hash policies. */
final class HashCompiler {

    private HashCompiler() {}

    static RequestHash compile(List<HashPolicy> policies) {
        if (policies.isEmpty()) {
            return RequestHash.NONE;
        }
        List<RequestHash.Part> parts = new ArrayList<>();
        for (HashPolicy policy : policies) {
            parts.add(new RequestHash.Part(source(policy.source()), policy.terminal()));
        }
        return new RequestHash(parts);
    }

    private static HashSource source(Source source) {
        if (source instanceof Source.Header header) {
            String name = header.name().toLowerCase(Locale.ROOT);
            return header.rewrite() == null
                    ? new HashSources.Header(name, null, "")
                    : new HashSources.Header(
                            name,
                            Regex.compile(header.rewrite().regex()),
                            header.rewrite().substitution());
        } else if (source instanceof Source.Cookie cookie) {
            return new HashSources.Cookie(cookie.name(), cookie.ttl() == null ? null : attributes(cookie));
        } else if (source instanceof Source.QueryParameter parameter) {
            return new HashSources.QueryParameter(parameter.name());
        }
        return new HashSources.CallerAddress();
    }

    /** In Envoy's order; a lifetime of zero is a session's. */
    private static String attributes(Source.Cookie cookie) {
        StringBuilder text = new StringBuilder();
        if (cookie.ttl() != null && cookie.ttl().toSeconds() > 0) {
            text.append("; Max-Age=").append(cookie.ttl().toSeconds());
        }
        if (!cookie.path().isEmpty()) {
            text.append("; Path=").append(cookie.path());
        }
        for (Map.Entry<String, String> attribute : cookie.attributes()) {
            text.append("; ").append(attribute.getKey());
            if (!attribute.getValue().isEmpty()) {
                text.append('=').append(attribute.getValue());
            }
        }
        return text.append("; HttpOnly").toString();
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.HttpMatch;
import io.inmesh.control.config.StringMatch;
import io.inmesh.xds.envoy.Routes.HeaderMatcher;
import io.inmesh.xds.envoy.Routes.QueryParameterMatcher;
import io.inmesh.xds.envoy.Routes.RouteMatch;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** VirtualService {@code http.match} as Envoy's RouteMatch. */
final class RouteMatches {

    static final Message ALL = Message.of(RouteMatch.TYPE).with(RouteMatch.PREFIX, "/");

    private RouteMatches() {}

    static Message of(HttpMatch match) {
        Message path = path(match.uri()).with(RouteMatch.CASE_SENSITIVE, !match.ignoreUriCase());
        return path.with(RouteMatch.HEADERS, headers(match)).with(RouteMatch.QUERY_PARAMETERS, queryParameters(match));
    }

    private static Message path(Optional<StringMatch> uri) {
        if (uri.isEmpty()) {
            return ALL;
        }
        Message match = Message.of(RouteMatch.TYPE);
        String value = uri.get().value();
        return switch (uri.get().kind()) {
            case EXACT -> match.with(RouteMatch.PATH, value);
            case PREFIX -> match.with(RouteMatch.PREFIX, value);
            case REGEX -> match.with(RouteMatch.SAFE_REGEX, StringMatches.regexMatcher(value));
        };
    }

    private static List<Message> headers(HttpMatch match) {
        List<Message> headers = new ArrayList<>();
        sorted(match.headers()).forEach((name, value) -> headers.add(header(name, value)));
        sorted(match.withoutHeaders()).forEach((name, value) -> headers.add(without(name, value)));
        match.method().ifPresent(method -> headers.add(header(":method", Optional.of(method))));
        match.authority().ifPresent(authority -> headers.add(header(":authority", Optional.of(authority))));
        match.scheme().ifPresent(scheme -> headers.add(header(":scheme", Optional.of(scheme))));
        return headers;
    }

    static Message header(String name, Optional<StringMatch> value) {
        Message header = Message.of(HeaderMatcher.TYPE).with(HeaderMatcher.NAME, name.toLowerCase(Locale.ROOT));
        return value.isEmpty()
                ? header.with(HeaderMatcher.PRESENT_MATCH, true)
                : header.with(HeaderMatcher.STRING_MATCH, StringMatches.of(value.get()));
    }

    /** A missing header does not have the value, so it passes. */
    private static Message without(String name, Optional<StringMatch> value) {
        Message header = header(name, value).with(HeaderMatcher.INVERT_MATCH, true);
        return value.isEmpty() ? header : header.with(HeaderMatcher.TREAT_MISSING_HEADER_AS_EMPTY, true);
    }

    private static List<Message> queryParameters(HttpMatch match) {
        List<Message> parameters = new ArrayList<>();
        sorted(match.queryParams()).forEach((name, value) -> {
            Message parameter = Message.of(QueryParameterMatcher.TYPE).with(QueryParameterMatcher.NAME, name);
            parameters.add(
                    value.isEmpty()
                            ? parameter.with(QueryParameterMatcher.PRESENT_MATCH, true)
                            : parameter.with(QueryParameterMatcher.STRING_MATCH, StringMatches.of(value.get())));
        });
        return parameters;
    }

    /** Equal resources must give equal bytes. */
    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return new TreeMap<>(map);
    }
}

package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Routes;
import io.inmesh.xds.envoy.Routes.QueryParameterMatcher;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.QueryParameterMatch;
import io.inmesh.xds.model.route.RouteMatch;
import java.util.List;

/** {@code RouteMatch}. */
final class RouteMatchDecoder {

    private RouteMatchDecoder() {}

    static RouteMatch decode(Fields fields) {
        RouteMatch match = new RouteMatch(
                path(fields),
                fields.each(Routes.RouteMatch.HEADERS, MatcherDecoder::header),
                fields.each(Routes.RouteMatch.QUERY_PARAMETERS, RouteMatchDecoder::queryParameter),
                fields.nestedOrNull(Routes.RouteMatch.RUNTIME_FRACTION, MatcherDecoder::runtimeFraction),
                fields.nestedOr(Routes.RouteMatch.GRPC, false, options -> true));
        // With a condition that we cannot check, the route would take requests meant for another one.
        List<String> unknown = fields.leftovers();
        return unknown.isEmpty()
                ? match
                : new RouteMatch(
                        new PathMatch.Unsupported(unknown.get(0)),
                        match.headers(),
                        match.queryParameters(),
                        match.runtimeFraction(),
                        match.grpc());
    }

    private static PathMatch path(Fields fields) {
        boolean caseSensitive = fields.or(Routes.RouteMatch.CASE_SENSITIVE, true);
        if (fields.has(Routes.RouteMatch.PREFIX)) {
            return new PathMatch.Prefix(fields.get(Routes.RouteMatch.PREFIX), caseSensitive);
        } else if (fields.has(Routes.RouteMatch.PATH)) {
            return new PathMatch.Exact(fields.get(Routes.RouteMatch.PATH), caseSensitive);
        } else if (fields.has(Routes.RouteMatch.SAFE_REGEX)) {
            return new PathMatch.Regex(fields.nested(Routes.RouteMatch.SAFE_REGEX, MatcherDecoder::regex));
        } else if (fields.has(Routes.RouteMatch.PATH_SEPARATED_PREFIX)) {
            return new PathMatch.PathSeparatedPrefix(
                    fields.get(Routes.RouteMatch.PATH_SEPARATED_PREFIX), caseSensitive);
        }
        return new PathMatch.Unsupported("path_specifier");
    }

    private static QueryParameterMatch queryParameter(Fields fields) {
        QueryParameterMatch.Condition condition = fields.has(QueryParameterMatcher.STRING_MATCH)
                ? new QueryParameterMatch.Condition.Value(
                        fields.nested(QueryParameterMatcher.STRING_MATCH, MatcherDecoder::string))
                : new QueryParameterMatch.Condition.Present(fields.or(QueryParameterMatcher.PRESENT_MATCH, true));
        return new QueryParameterMatch(fields.get(QueryParameterMatcher.NAME), condition);
    }
}

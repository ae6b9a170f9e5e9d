package io.inmesh.client.compile;

import io.inmesh.client.match.Fraction;
import io.inmesh.client.match.HeaderMatcher;
import io.inmesh.client.match.PathMatcher;
import io.inmesh.client.match.QueryMatcher;
import io.inmesh.client.match.StringMatcher;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.route.PathMatch;
import io.inmesh.xds.model.route.QueryParameterMatch;
import io.inmesh.xds.model.route.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditions of the model into matchers; a regex that cannot be compiled makes an IllegalArgumentException. Empty: not supported. */
final class Matchers {

    private final Regexes regexes;

    Matchers(Regexes regexes) {
        this.regexes = regexes;
    }

    Optional<StringMatcher> string(StringMatch match) {
        if (match instanceof StringMatch.Exact exact) {
            return Optional.of(new StringMatcher.Exact(exact.value(), exact.ignoreCase()));
        }
        if (match instanceof StringMatch.Prefix prefix) {
            return Optional.of(new StringMatcher.Prefix(prefix.value(), prefix.ignoreCase()));
        }
        if (match instanceof StringMatch.Suffix suffix) {
            return Optional.of(new StringMatcher.Suffix(suffix.value(), suffix.ignoreCase()));
        }
        if (match instanceof StringMatch.Contains contains) {
            return Optional.of(new StringMatcher.Contains(contains.value(), contains.ignoreCase()));
        }
        return match instanceof StringMatch.Regex regex
                ? Optional.of(new StringMatcher.Matches(regexes.compile(regex.regex())))
                : Optional.empty();
    }

    Optional<PathMatcher> path(PathMatch match) {
        if (match instanceof PathMatch.Exact exact) {
            return Optional.of(new PathMatcher.Exact(exact.path(), exact.caseSensitive()));
        }
        if (match instanceof PathMatch.Prefix prefix) {
            return Optional.of(new PathMatcher.Prefix(prefix.prefix(), prefix.caseSensitive()));
        }
        if (match instanceof PathMatch.PathSeparatedPrefix prefix) {
            return Optional.of(new PathMatcher.PathSeparatedPrefix(prefix.prefix(), prefix.caseSensitive()));
        }
        return match instanceof PathMatch.Regex regex
                ? Optional.of(new PathMatcher.Matches(regexes.compile(regex.regex())))
                : Optional.empty();
    }

    Optional<HeaderMatcher> header(HeaderMatch match) {
        HeaderMatch.Condition condition = match.condition();
        boolean invert = match.invert();
        boolean missingAsEmpty = match.treatMissingAsEmpty();
        if (condition instanceof HeaderMatch.Condition.Present present) {
            return Optional.of(HeaderMatcher.present(match.name(), present.present(), invert, missingAsEmpty));
        }
        if (condition instanceof HeaderMatch.Condition.Range range) {
            return Optional.of(HeaderMatcher.range(match.name(), range.start(), range.end(), invert, missingAsEmpty));
        }
        return condition instanceof HeaderMatch.Condition.Value value
                ? string(value.match())
                        .map(matcher -> HeaderMatcher.string(match.name(), matcher, invert, missingAsEmpty))
                : Optional.empty();
    }

    Optional<QueryMatcher> query(QueryParameterMatch match) {
        if (match.condition() instanceof QueryParameterMatch.Condition.Present present) {
            return Optional.of(new QueryMatcher(match.name(), null, present.present()));
        }
        return match.condition() instanceof QueryParameterMatch.Condition.Value value
                ? string(value.match()).map(matcher -> new QueryMatcher(match.name(), matcher, true))
                : Optional.empty();
    }

    static Fraction fraction(FractionalPercent percent) {
        return new Fraction(percent.numerator(), percent.denominator());
    }

    /** The conditions on request headers under which a policy repeats at all; those not supported hold for no request. */
    List<HeaderMatcher> retriableRequestHeaders(RetryPolicy policy, RouteScope scope, String path) {
        return retriable(policy.retriableRequestHeaders(), scope, path + ".retriable_request_headers");
    }

    List<HeaderMatcher> retriableHeaders(RetryPolicy policy, RouteScope scope, String path) {
        return retriable(policy.retriableHeaders(), scope, path + ".retriable_headers");
    }

    private List<HeaderMatcher> retriable(List<HeaderMatch> conditions, RouteScope scope, String path) {
        List<HeaderMatcher> matchers = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Optional<HeaderMatcher> matcher = header(conditions.get(i));
            if (matcher.isEmpty()) {
                scope.unsupported(path + "[" + i + "]");
            }
            matchers.add(matcher.orElseGet(
                    () -> HeaderMatcher.string("x", new StringMatcher.Exact("", false), false, false)));
        }
        return matchers;
    }
}

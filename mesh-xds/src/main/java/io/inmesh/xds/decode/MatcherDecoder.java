package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase.RuntimeFractionalPercent;
import io.inmesh.xds.envoy.Matchers.PathMatcher;
import io.inmesh.xds.envoy.Matchers.RegexMatchAndSubstitute;
import io.inmesh.xds.envoy.Matchers.RegexMatcher;
import io.inmesh.xds.envoy.Matchers.StringMatcher;
import io.inmesh.xds.envoy.Percents;
import io.inmesh.xds.envoy.Percents.Int64Range;
import io.inmesh.xds.envoy.Routes.HeaderMatcher;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.HeaderMatch.Condition;
import io.inmesh.xds.model.RegexRewrite;
import io.inmesh.xds.model.StringMatch;

/** {@code envoy/type/matcher/v3}, {@code HeaderMatcher} and fractions. */
final class MatcherDecoder {

    private MatcherDecoder() {}

    static StringMatch string(Fields fields) {
        boolean ignoreCase = fields.get(StringMatcher.IGNORE_CASE);
        if (fields.has(StringMatcher.EXACT)) {
            return new StringMatch.Exact(fields.get(StringMatcher.EXACT), ignoreCase);
        } else if (fields.has(StringMatcher.PREFIX)) {
            return new StringMatch.Prefix(fields.get(StringMatcher.PREFIX), ignoreCase);
        } else if (fields.has(StringMatcher.SUFFIX)) {
            return new StringMatch.Suffix(fields.get(StringMatcher.SUFFIX), ignoreCase);
        } else if (fields.has(StringMatcher.CONTAINS)) {
            return new StringMatch.Contains(fields.get(StringMatcher.CONTAINS), ignoreCase);
        } else if (fields.has(StringMatcher.SAFE_REGEX)) {
            return new StringMatch.Regex(fields.nested(StringMatcher.SAFE_REGEX, MatcherDecoder::regex));
        }
        return new StringMatch.Unsupported("match_pattern");
    }

    static StringMatch path(Fields fields) {
        return fields.nested(PathMatcher.PATH, MatcherDecoder::string);
    }

    static String regex(Fields fields) {
        return fields.get(RegexMatcher.REGEX);
    }

    static RegexRewrite regexRewrite(Fields fields) {
        return new RegexRewrite(
                fields.nested(RegexMatchAndSubstitute.PATTERN, MatcherDecoder::regex),
                fields.get(RegexMatchAndSubstitute.SUBSTITUTION));
    }

    static HeaderMatch header(Fields fields) {
        return new HeaderMatch(
                fields.get(HeaderMatcher.NAME),
                headerCondition(fields),
                fields.get(HeaderMatcher.INVERT_MATCH),
                fields.get(HeaderMatcher.TREAT_MISSING_HEADER_AS_EMPTY));
    }

    private static Condition headerCondition(Fields fields) {
        if (fields.has(HeaderMatcher.STRING_MATCH)) {
            return new Condition.Value(fields.nested(HeaderMatcher.STRING_MATCH, MatcherDecoder::string));
        } else if (fields.has(HeaderMatcher.PRESENT_MATCH)) {
            return new Condition.Present(fields.get(HeaderMatcher.PRESENT_MATCH));
        } else if (fields.has(HeaderMatcher.RANGE_MATCH)) {
            return fields.nested(
                    HeaderMatcher.RANGE_MATCH,
                    range -> new Condition.Range(range.get(Int64Range.START), range.get(Int64Range.END)));
        } else if (fields.has(HeaderMatcher.EXACT_MATCH)) {
            return new Condition.Value(new StringMatch.Exact(fields.get(HeaderMatcher.EXACT_MATCH), false));
        } else if (fields.has(HeaderMatcher.PREFIX_MATCH)) {
            return new Condition.Value(new StringMatch.Prefix(fields.get(HeaderMatcher.PREFIX_MATCH), false));
        } else if (fields.has(HeaderMatcher.SUFFIX_MATCH)) {
            return new Condition.Value(new StringMatch.Suffix(fields.get(HeaderMatcher.SUFFIX_MATCH), false));
        } else if (fields.has(HeaderMatcher.CONTAINS_MATCH)) {
            return new Condition.Value(new StringMatch.Contains(fields.get(HeaderMatcher.CONTAINS_MATCH), false));
        } else if (fields.has(HeaderMatcher.SAFE_REGEX_MATCH)) {
            return new Condition.Value(
                    new StringMatch.Regex(fields.nested(HeaderMatcher.SAFE_REGEX_MATCH, MatcherDecoder::regex)));
        }
        // Envoy: without a condition the header has to be there. With one that we do not know, nothing can be said.
        return fields.leftovers().stream()
                .findFirst()
                .<Condition>map(Condition.Unsupported::new)
                .orElseGet(() -> new Condition.Present(true));
    }

    static FractionalPercent runtimeFraction(Fields fields) {
        return fields.nested(RuntimeFractionalPercent.DEFAULT_VALUE, MatcherDecoder::fraction);
    }

    static FractionalPercent fraction(Fields fields) {
        int denominator =
                switch (fields.get(Percents.FractionalPercent.DENOMINATOR)) {
                    case HUNDRED -> 100;
                    case TEN_THOUSAND -> 10_000;
                    case MILLION -> 1_000_000;
                };
        return new FractionalPercent(fields.get(Percents.FractionalPercent.NUMERATOR), denominator);
    }
}

package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters.HttpOutlierDetection;
import io.inmesh.xds.envoy.Predicates.HttpHeadersMatch;
import io.inmesh.xds.envoy.Predicates.MatchPredicate;
import io.inmesh.xds.envoy.Predicates.MatchSet;
import io.inmesh.xds.model.cluster.ErrorMatch;
import org.jspecify.annotations.Nullable;

/** {@code HttpProtocolOptions.outlier_detection}. */
final class ErrorMatchDecoder {

    private ErrorMatchDecoder() {}

    static @Nullable ErrorMatch decode(Fields detection) {
        return detection.nestedOrNull(HttpOutlierDetection.ERROR_MATCHER, ErrorMatchDecoder::predicate);
    }

    private static ErrorMatch predicate(Fields fields) {
        if (fields.has(MatchPredicate.OR_MATCH)) {
            return fields.nested(
                    MatchPredicate.OR_MATCH,
                    set -> new ErrorMatch.AnyOf(set.each(MatchSet.RULES, ErrorMatchDecoder::predicate)));
        } else if (fields.has(MatchPredicate.AND_MATCH)) {
            return fields.nested(
                    MatchPredicate.AND_MATCH,
                    set -> new ErrorMatch.AllOf(set.each(MatchSet.RULES, ErrorMatchDecoder::predicate)));
        } else if (fields.has(MatchPredicate.NOT_MATCH)) {
            return new ErrorMatch.Not(fields.nested(MatchPredicate.NOT_MATCH, ErrorMatchDecoder::predicate));
        } else if (fields.has(MatchPredicate.HTTP_RESPONSE_HEADERS_MATCH)) {
            return fields.nested(
                    MatchPredicate.HTTP_RESPONSE_HEADERS_MATCH,
                    match -> new ErrorMatch.ResponseHeaders(
                            match.each(HttpHeadersMatch.HEADERS, MatcherDecoder::header)));
        }
        // Envoy shows the matcher nothing but the response's head: whatever else it asks for never holds, and is
        // reported.
        return new ErrorMatch.Every(fields.get(MatchPredicate.ANY_MATCH));
    }
}

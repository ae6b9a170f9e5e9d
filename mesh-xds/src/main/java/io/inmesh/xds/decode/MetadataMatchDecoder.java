package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Matchers.DoubleMatcher;
import io.inmesh.xds.envoy.Matchers.ListMatcher;
import io.inmesh.xds.envoy.Matchers.MetadataMatcher;
import io.inmesh.xds.envoy.Matchers.OrMatcher;
import io.inmesh.xds.envoy.Matchers.PathSegment;
import io.inmesh.xds.envoy.Matchers.ValueMatcher;
import io.inmesh.xds.envoy.Percents.DoubleRange;
import io.inmesh.xds.model.rbac.MetadataMatch;
import io.inmesh.xds.model.rbac.ValueMatch;

/** {@code MetadataMatcher}, {@code ValueMatcher}. */
final class MetadataMatchDecoder {

    private MetadataMatchDecoder() {}

    static MetadataMatch decode(Fields fields) {
        return new MetadataMatch(
                fields.get(MetadataMatcher.FILTER),
                fields.each(MetadataMatcher.PATH, segment -> segment.get(PathSegment.KEY)),
                fields.nested(MetadataMatcher.VALUE, MetadataMatchDecoder::value),
                fields.get(MetadataMatcher.INVERT));
    }

    private static ValueMatch value(Fields fields) {
        if (fields.has(ValueMatcher.STRING_MATCH)) {
            return new ValueMatch.Text(fields.nested(ValueMatcher.STRING_MATCH, MatcherDecoder::string));
        } else if (fields.has(ValueMatcher.OR_MATCH)) {
            return fields.nested(
                    ValueMatcher.OR_MATCH,
                    or -> new ValueMatch.Or(or.each(OrMatcher.VALUE_MATCHERS, MetadataMatchDecoder::value)));
        } else if (fields.has(ValueMatcher.LIST_MATCH)) {
            return fields.nested(ValueMatcher.LIST_MATCH, MetadataMatchDecoder::list);
        } else if (fields.has(ValueMatcher.PRESENT_MATCH)) {
            return new ValueMatch.Present(fields.get(ValueMatcher.PRESENT_MATCH));
        } else if (fields.has(ValueMatcher.BOOL_MATCH)) {
            return new ValueMatch.Bool(fields.get(ValueMatcher.BOOL_MATCH));
        } else if (fields.has(ValueMatcher.NULL_MATCH)) {
            return fields.nested(ValueMatcher.NULL_MATCH, nothing -> new ValueMatch.Null());
        } else if (fields.has(ValueMatcher.DOUBLE_MATCH)) {
            return fields.nested(ValueMatcher.DOUBLE_MATCH, MetadataMatchDecoder::number);
        }
        return unknown(fields, "match_pattern");
    }

    private static ValueMatch list(Fields fields) {
        return fields.has(ListMatcher.ONE_OF)
                ? new ValueMatch.OneOf(fields.nested(ListMatcher.ONE_OF, MetadataMatchDecoder::value))
                : unknown(fields, "match_pattern");
    }

    private static ValueMatch number(Fields fields) {
        if (fields.has(DoubleMatcher.EXACT)) {
            return new ValueMatch.Exactly(fields.get(DoubleMatcher.EXACT));
        } else if (fields.has(DoubleMatcher.RANGE)) {
            return fields.nested(
                    DoubleMatcher.RANGE,
                    range -> new ValueMatch.Range(range.get(DoubleRange.START), range.get(DoubleRange.END)));
        }
        return unknown(fields, "match_pattern");
    }

    private static ValueMatch unknown(Fields fields, String oneof) {
        fields.unsupported(oneof);
        return new ValueMatch.Unsupported(oneof);
    }
}

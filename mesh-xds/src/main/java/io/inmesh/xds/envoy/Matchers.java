package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.DOUBLE;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.message;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;

/** {@code envoy/type/matcher/v3}: conditions on strings, paths, metadata. */
public final class Matchers {

    private Matchers() {}

    /** {@code envoy.type.matcher.v3.StringMatcher}. */
    public static final class StringMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.StringMatcher");
        public static final Field<String> EXACT = D.oneof("match_pattern", 1, "exact", STRING);
        public static final Field<String> PREFIX = D.oneof("match_pattern", 2, "prefix", STRING);
        public static final Field<String> SUFFIX = D.oneof("match_pattern", 3, "suffix", STRING);
        public static final Field<Message> SAFE_REGEX =
                D.oneof("match_pattern", 5, "safe_regex", message(() -> RegexMatcher.TYPE));
        public static final Field<Boolean> IGNORE_CASE = D.field(6, "ignore_case", BOOL);
        public static final Field<String> CONTAINS = D.oneof("match_pattern", 7, "contains", STRING);
        public static final MessageType TYPE = D.others("custom=8").type();

        private StringMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.RegexMatcher}. */
    public static final class RegexMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.RegexMatcher");
        public static final Field<String> REGEX = D.field(2, "regex", STRING);
        public static final MessageType TYPE = D.others("google_re2=1").type();

        private RegexMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.RegexMatchAndSubstitute}. */
    public static final class RegexMatchAndSubstitute {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.RegexMatchAndSubstitute");
        public static final Field<Message> PATTERN = D.field(1, "pattern", message(() -> RegexMatcher.TYPE));
        public static final Field<String> SUBSTITUTION = D.field(2, "substitution", STRING);
        public static final MessageType TYPE = D.type();

        private RegexMatchAndSubstitute() {}
    }

    /** {@code envoy.type.matcher.v3.PathMatcher}. */
    public static final class PathMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.PathMatcher");
        public static final Field<Message> PATH = D.oneof("rule", 1, "path", message(() -> StringMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private PathMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.DoubleMatcher}. */
    public static final class DoubleMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.DoubleMatcher");
        public static final Field<Message> RANGE =
                D.oneof("match_pattern", 1, "range", message(() -> Percents.DoubleRange.TYPE));
        public static final Field<Double> EXACT = D.oneof("match_pattern", 2, "exact", DOUBLE);
        public static final MessageType TYPE = D.type();

        private DoubleMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.ValueMatcher}. */
    public static final class ValueMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.ValueMatcher");
        public static final Field<Message> NULL_MATCH =
                D.oneof("match_pattern", 1, "null_match", message(() -> NullMatch.TYPE));
        public static final Field<Message> DOUBLE_MATCH =
                D.oneof("match_pattern", 2, "double_match", message(() -> DoubleMatcher.TYPE));
        public static final Field<Message> STRING_MATCH =
                D.oneof("match_pattern", 3, "string_match", message(() -> StringMatcher.TYPE));
        public static final Field<Boolean> BOOL_MATCH = D.oneof("match_pattern", 4, "bool_match", BOOL);
        public static final Field<Boolean> PRESENT_MATCH = D.oneof("match_pattern", 5, "present_match", BOOL);
        public static final Field<Message> LIST_MATCH =
                D.oneof("match_pattern", 6, "list_match", message(() -> ListMatcher.TYPE));
        public static final Field<Message> OR_MATCH =
                D.oneof("match_pattern", 7, "or_match", message(() -> OrMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private ValueMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.ValueMatcher.NullMatch}. */
    public static final class NullMatch {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.ValueMatcher.NullMatch");
        public static final MessageType TYPE = D.type();

        private NullMatch() {}
    }

    /** {@code envoy.type.matcher.v3.ListMatcher}. */
    public static final class ListMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.ListMatcher");
        public static final Field<Message> ONE_OF =
                D.oneof("match_pattern", 1, "one_of", message(() -> ValueMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private ListMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.OrMatcher}. */
    public static final class OrMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.OrMatcher");
        public static final Field<List<Message>> VALUE_MATCHERS =
                D.repeated(1, "value_matchers", message(() -> ValueMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private OrMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.MetadataMatcher}. */
    public static final class MetadataMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.MetadataMatcher");
        public static final Field<String> FILTER = D.field(1, "filter", STRING);
        public static final Field<List<Message>> PATH = D.repeated(2, "path", message(() -> PathSegment.TYPE));
        public static final Field<Message> VALUE = D.field(3, "value", message(() -> ValueMatcher.TYPE));
        public static final Field<Boolean> INVERT = D.field(4, "invert", BOOL);
        public static final MessageType TYPE = D.type();

        private MetadataMatcher() {}
    }

    /** {@code envoy.type.matcher.v3.MetadataMatcher.PathSegment}. */
    public static final class PathSegment {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.MetadataMatcher.PathSegment");
        public static final Field<String> KEY = D.oneof("segment", 1, "key", STRING);
        public static final MessageType TYPE = D.type();

        private PathSegment() {}
    }

    /** {@code envoy.type.matcher.v3.FilterStateMatcher}. */
    public static final class FilterStateMatcher {
        private static final Declaration D = Declaration.of("envoy.type.matcher.v3.FilterStateMatcher");
        public static final Field<String> KEY = D.field(1, "key", STRING);
        public static final Field<Message> STRING_MATCH =
                D.oneof("matcher", 2, "string_match", message(() -> StringMatcher.TYPE));
        public static final MessageType TYPE = D.others("address_match=3").type();

        private FilterStateMatcher() {}
    }
}

package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.message;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.util.List;

/** {@code envoy/config/common/matcher/v3/matcher.proto}: conditions on a request and its response. */
public final class Predicates {

    private Predicates() {}

    /** {@code envoy.config.common.matcher.v3.MatchPredicate}. */
    public static final class MatchPredicate {
        private static final Declaration D = Declaration.of("envoy.config.common.matcher.v3.MatchPredicate");
        public static final Field<Message> OR_MATCH = D.oneof("rule", 1, "or_match", message(() -> MatchSet.TYPE));
        public static final Field<Message> AND_MATCH = D.oneof("rule", 2, "and_match", message(() -> MatchSet.TYPE));
        public static final Field<Message> NOT_MATCH =
                D.oneof("rule", 3, "not_match", message(() -> MatchPredicate.TYPE));
        public static final Field<Boolean> ANY_MATCH = D.oneof("rule", 4, "any_match", BOOL);
        public static final Field<Message> HTTP_RESPONSE_HEADERS_MATCH =
                D.oneof("rule", 7, "http_response_headers_match", message(() -> HttpHeadersMatch.TYPE));
        public static final MessageType TYPE = D.others("http_request_headers_match=5 http_request_trailers_match=6")
                .others("http_response_trailers_match=8 http_request_generic_body_match=9")
                .others("http_response_generic_body_match=10")
                .type();

        private MatchPredicate() {}
    }

    /** {@code envoy.config.common.matcher.v3.MatchPredicate.MatchSet}. */
    public static final class MatchSet {
        private static final Declaration D = Declaration.of("envoy.config.common.matcher.v3.MatchPredicate.MatchSet");
        public static final Field<List<Message>> RULES = D.repeated(1, "rules", message(() -> MatchPredicate.TYPE));
        public static final MessageType TYPE = D.type();

        private MatchSet() {}
    }

    /** {@code envoy.config.common.matcher.v3.HttpHeadersMatch}. */
    public static final class HttpHeadersMatch {
        private static final Declaration D = Declaration.of("envoy.config.common.matcher.v3.HttpHeadersMatch");
        public static final Field<List<Message>> HEADERS =
                D.repeated(1, "headers", message(() -> Routes.HeaderMatcher.TYPE));
        public static final MessageType TYPE = D.type();

        private HttpHeadersMatch() {}
    }
}

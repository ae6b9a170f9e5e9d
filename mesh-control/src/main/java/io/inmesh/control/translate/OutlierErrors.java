package io.inmesh.control.translate;

import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.ExplicitHttpConfig;
import io.inmesh.xds.envoy.Clusters.HttpOutlierDetection;
import io.inmesh.xds.envoy.Clusters.HttpProtocolOptions;
import io.inmesh.xds.envoy.CoreProtocol.Http1ProtocolOptions;
import io.inmesh.xds.envoy.Predicates.HttpHeadersMatch;
import io.inmesh.xds.envoy.Predicates.MatchPredicate;
import io.inmesh.xds.envoy.Predicates.MatchSet;
import io.inmesh.xds.envoy.Routes.HeaderMatcher;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code outlierDetectionHttpErrorCodes}: which statuses are errors, among the options of a cluster's HTTP. */
final class OutlierErrors {

    private static final String OPTIONS = HttpProtocolOptions.TYPE.fullName();

    private OutlierErrors() {}

    static Message on(Message cluster, List<Integer> codes) {
        if (codes.isEmpty()) {
            return cluster;
        }
        Map<String, Message> all = new LinkedHashMap<>(cluster.get(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS));
        Message detection =
                Message.of(HttpOutlierDetection.TYPE).with(HttpOutlierDetection.ERROR_MATCHER, oneOf(codes));
        all.put(OPTIONS, Any.pack(options(all.get(OPTIONS)).with(HttpProtocolOptions.OUTLIER_DETECTION, detection)));
        return cluster.with(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, all);
    }

    private static Message options(@Nullable Message packed) {
        if (packed == null) {
            return http1();
        }
        try {
            return Any.unpack(packed, HttpProtocolOptions.TYPE);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("We packed it ourselves", e);
        }
    }

    /** Options without a protocol would make Envoy refuse the cluster. */
    private static Message http1() {
        return Message.of(HttpProtocolOptions.TYPE)
                .with(
                        HttpProtocolOptions.EXPLICIT_HTTP_CONFIG,
                        Message.of(ExplicitHttpConfig.TYPE)
                                .with(ExplicitHttpConfig.HTTP_PROTOCOL_OPTIONS, Message.of(Http1ProtocolOptions.TYPE)));
    }

    private static Message oneOf(List<Integer> codes) {
        List<Message> rules = codes.stream().map(OutlierErrors::status).toList();
        return rules.size() == 1
                ? rules.get(0)
                : Message.of(MatchPredicate.TYPE)
                        .with(MatchPredicate.OR_MATCH, Message.of(MatchSet.TYPE).with(MatchSet.RULES, rules));
    }

    private static Message status(int code) {
        Message header = Message.of(HeaderMatcher.TYPE)
                .with(HeaderMatcher.NAME, ":status")
                .with(HeaderMatcher.STRING_MATCH, StringMatches.exact(Integer.toString(code)));
        return Message.of(MatchPredicate.TYPE)
                .with(
                        MatchPredicate.HTTP_RESPONSE_HEADERS_MATCH,
                        Message.of(HttpHeadersMatch.TYPE).with(HttpHeadersMatch.HEADERS, List.of(header)));
    }
}

package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.RouteActions;
import io.inmesh.xds.envoy.RouteActions.ClusterWeight;
import io.inmesh.xds.envoy.RouteActions.RouteAction;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.ClusterSpecifier.WeightedCluster;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.HashPolicy;
import io.inmesh.xds.model.route.HostRewrite;
import io.inmesh.xds.model.route.PathRewrite;
import io.inmesh.xds.model.route.RequestMirrorPolicy;
import io.inmesh.xds.model.route.RouteTimeouts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code RouteAction}. */
final class ForwardDecoder {

    private ForwardDecoder() {}

    static Forward decode(Fields fields) {
        return new Forward(
                cluster(fields),
                timeouts(fields),
                fields.nestedOrNull(RouteAction.RETRY_POLICY, RetryPolicyDecoder::decode),
                hostRewrite(fields),
                pathRewrite(fields),
                fields.eachIf(RouteAction.REQUEST_MIRROR_POLICIES, ForwardDecoder::mirror),
                fields.eachIf(RouteAction.HASH_POLICY, ForwardDecoder::hashPolicy),
                clusterNotFoundStatus(fields),
                fields.get(RouteAction.PRIORITY) == RouteActions.RoutingPriority.HIGH
                        ? Forward.RoutingPriority.HIGH
                        : Forward.RoutingPriority.DEFAULT,
                fields.get(RouteAction.APPEND_X_FORWARDED_HOST));
    }

    private static ClusterSpecifier cluster(Fields fields) {
        if (fields.has(RouteAction.CLUSTER)) {
            return new ClusterSpecifier.Single(fields.get(RouteAction.CLUSTER));
        } else if (fields.has(RouteAction.WEIGHTED_CLUSTERS)) {
            return fields.nested(RouteAction.WEIGHTED_CLUSTERS, weighted -> {
                // Deprecated; Envoy uses the sum of the weights.
                weighted.ignore(RouteActions.WeightedCluster.TOTAL_WEIGHT);
                return new ClusterSpecifier.Weighted(
                        weighted.each(RouteActions.WeightedCluster.CLUSTERS, ForwardDecoder::weightedCluster));
            });
        } else if (fields.has(RouteAction.CLUSTER_HEADER)) {
            return new ClusterSpecifier.Header(fields.get(RouteAction.CLUSTER_HEADER));
        }
        return new ClusterSpecifier.Unsupported("cluster_specifier");
    }

    private static WeightedCluster weightedCluster(Fields fields) {
        return new WeightedCluster(
                fields.get(ClusterWeight.NAME),
                fields.or(ClusterWeight.WEIGHT, 0L),
                CommonDecoder.headers(
                        fields,
                        ClusterWeight.REQUEST_HEADERS_TO_ADD,
                        ClusterWeight.REQUEST_HEADERS_TO_REMOVE,
                        ClusterWeight.RESPONSE_HEADERS_TO_ADD,
                        ClusterWeight.RESPONSE_HEADERS_TO_REMOVE),
                fields.eachExtension(ClusterWeight.TYPED_PER_FILTER_CONFIG, PerFilterConfigDecoder::decode),
                fields.orNull(ClusterWeight.HOST_REWRITE_LITERAL),
                Metadata.EMPTY);
    }

    private static RouteTimeouts timeouts(Fields fields) {
        Duration maxGrpcTimeout = fields.orNull(RouteAction.MAX_GRPC_TIMEOUT);
        Duration timeout = fields.orNull(RouteAction.TIMEOUT);
        Duration idleTimeout = fields.orNull(RouteAction.IDLE_TIMEOUT);
        return fields.nestedOr(
                RouteAction.MAX_STREAM_DURATION,
                new RouteTimeouts(timeout, idleTimeout, maxGrpcTimeout, null),
                stream -> new RouteTimeouts(
                        timeout,
                        idleTimeout,
                        maxGrpcTimeout,
                        new RouteTimeouts.StreamDuration(
                                stream.orNull(RouteActions.MaxStreamDuration.MAX_STREAM_DURATION),
                                stream.orNull(RouteActions.MaxStreamDuration.GRPC_TIMEOUT_HEADER_MAX))));
    }

    private static @Nullable HostRewrite hostRewrite(Fields fields) {
        if (fields.has(RouteAction.HOST_REWRITE_LITERAL)) {
            return new HostRewrite.Literal(fields.get(RouteAction.HOST_REWRITE_LITERAL));
        } else if (fields.has(RouteAction.HOST_REWRITE_HEADER)) {
            return new HostRewrite.Header(fields.get(RouteAction.HOST_REWRITE_HEADER));
        } else if (fields.has(RouteAction.HOST_REWRITE_PATH_REGEX)) {
            return new HostRewrite.PathRegex(
                    fields.nested(RouteAction.HOST_REWRITE_PATH_REGEX, MatcherDecoder::regexRewrite));
        }
        return fields.or(RouteAction.AUTO_HOST_REWRITE, false) ? new HostRewrite.Auto() : null;
    }

    private static @Nullable PathRewrite pathRewrite(Fields fields) {
        if (fields.has(RouteAction.REGEX_REWRITE)) {
            return new PathRewrite.Regex(fields.nested(RouteAction.REGEX_REWRITE, MatcherDecoder::regexRewrite));
        }
        String prefix = fields.get(RouteAction.PREFIX_REWRITE);
        return prefix.isEmpty() ? null : new PathRewrite.Prefix(prefix);
    }

    /** A mirror whose cluster a header names is reported and left out. */
    private static Optional<RequestMirrorPolicy> mirror(Fields fields) {
        // Copies leave no spans of their own, whatever is asked for.
        fields.ignore(RouteActions.RequestMirrorPolicy.TRACE_SAMPLED);
        String cluster = fields.get(RouteActions.RequestMirrorPolicy.CLUSTER);
        FractionalPercent fraction = fields.nestedOr(
                RouteActions.RequestMirrorPolicy.RUNTIME_FRACTION,
                FractionalPercent.ALWAYS,
                MatcherDecoder::runtimeFraction);
        boolean sameHost = fields.get(RouteActions.RequestMirrorPolicy.DISABLE_SHADOW_HOST_SUFFIX_APPEND);
        return cluster.isEmpty() ? Optional.empty() : Optional.of(new RequestMirrorPolicy(cluster, fraction, sameHost));
    }

    private static int clusterNotFoundStatus(Fields fields) {
        return switch (fields.get(RouteAction.CLUSTER_NOT_FOUND_RESPONSE_CODE)) {
            case SERVICE_UNAVAILABLE -> 503;
            case NOT_FOUND -> 404;
            case INTERNAL_SERVER_ERROR -> 500;
        };
    }

    private static Optional<HashPolicy> hashPolicy(Fields fields) {
        boolean terminal = fields.get(RouteActions.HashPolicy.TERMINAL);
        return hashSource(fields).map(source -> new HashPolicy(source, terminal));
    }

    private static Optional<HashPolicy.Source> hashSource(Fields fields) {
        if (fields.has(RouteActions.HashPolicy.HEADER)) {
            return Optional.of(fields.nested(
                    RouteActions.HashPolicy.HEADER,
                    header -> new HashPolicy.Source.Header(
                            header.get(RouteActions.Header.HEADER_NAME),
                            header.nestedOrNull(RouteActions.Header.REGEX_REWRITE, MatcherDecoder::regexRewrite))));
        } else if (fields.has(RouteActions.HashPolicy.COOKIE)) {
            return Optional.of(fields.nested(
                    RouteActions.HashPolicy.COOKIE,
                    cookie -> new HashPolicy.Source.Cookie(
                            cookie.get(RouteActions.Cookie.NAME),
                            cookie.orNull(RouteActions.Cookie.TTL),
                            cookie.get(RouteActions.Cookie.PATH),
                            cookie.each(
                                    RouteActions.Cookie.ATTRIBUTES,
                                    attribute -> Map.entry(
                                            attribute.get(RouteActions.CookieAttribute.NAME),
                                            attribute.get(RouteActions.CookieAttribute.VALUE))))));
        } else if (fields.has(RouteActions.HashPolicy.QUERY_PARAMETER)) {
            return Optional.of(fields.nested(
                    RouteActions.HashPolicy.QUERY_PARAMETER,
                    parameter ->
                            new HashPolicy.Source.QueryParameter(parameter.get(RouteActions.QueryParameter.NAME))));
        } else if (fields.has(RouteActions.HashPolicy.CONNECTION_PROPERTIES)) {
            boolean sourceIp = fields.nested(
                    RouteActions.HashPolicy.CONNECTION_PROPERTIES,
                    properties -> properties.get(RouteActions.ConnectionProperties.SOURCE_IP));
            return sourceIp ? Optional.of(new HashPolicy.Source.SourceIp()) : Optional.empty();
        }
        return Optional.empty();
    }
}

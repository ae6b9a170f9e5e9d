package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The second half of {@code envoy/config/route/v3/route_components.proto}: what a route does. */
public final class RouteActions {

    private RouteActions() {}

    /** {@code envoy.config.route.v3.RouteAction}. */
    public static final class RouteAction {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction");
        public static final Field<String> CLUSTER = D.oneof("cluster_specifier", 1, "cluster", STRING);
        public static final Field<String> CLUSTER_HEADER = D.oneof("cluster_specifier", 2, "cluster_header", STRING);
        public static final Field<Message> WEIGHTED_CLUSTERS =
                D.oneof("cluster_specifier", 3, "weighted_clusters", message(() -> WeightedCluster.TYPE));
        public static final Field<String> PREFIX_REWRITE = D.field(5, "prefix_rewrite", STRING);
        public static final Field<String> HOST_REWRITE_LITERAL =
                D.oneof("host_rewrite_specifier", 6, "host_rewrite_literal", STRING);
        public static final Field<Boolean> AUTO_HOST_REWRITE =
                D.oneof("host_rewrite_specifier", 7, "auto_host_rewrite", BOOL_VALUE);
        public static final Field<Duration> TIMEOUT = D.field(8, "timeout", DURATION);
        public static final Field<Message> RETRY_POLICY =
                D.field(9, "retry_policy", message(() -> RetryPolicies.RetryPolicy.TYPE));
        public static final Field<RoutingPriority> PRIORITY =
                D.field(11, "priority", enumeration(RoutingPriority.class));
        public static final Field<List<Message>> HASH_POLICY =
                D.repeated(15, "hash_policy", message(() -> HashPolicy.TYPE));
        public static final Field<ClusterNotFoundResponseCode> CLUSTER_NOT_FOUND_RESPONSE_CODE =
                D.field(20, "cluster_not_found_response_code", enumeration(ClusterNotFoundResponseCode.class));
        public static final Field<Duration> MAX_GRPC_TIMEOUT = D.field(23, "max_grpc_timeout", DURATION);
        public static final Field<Duration> IDLE_TIMEOUT = D.field(24, "idle_timeout", DURATION);
        public static final Field<String> HOST_REWRITE_HEADER =
                D.oneof("host_rewrite_specifier", 29, "host_rewrite_header", STRING);
        public static final Field<List<Message>> REQUEST_MIRROR_POLICIES =
                D.repeated(30, "request_mirror_policies", message(() -> RequestMirrorPolicy.TYPE));
        public static final Field<Message> REGEX_REWRITE =
                D.field(32, "regex_rewrite", message(() -> Matchers.RegexMatchAndSubstitute.TYPE));
        public static final Field<Message> HOST_REWRITE_PATH_REGEX = D.oneof(
                "host_rewrite_specifier",
                35,
                "host_rewrite_path_regex",
                message(() -> Matchers.RegexMatchAndSubstitute.TYPE));
        public static final Field<Message> MAX_STREAM_DURATION =
                D.field(36, "max_stream_duration", message(() -> MaxStreamDuration.TYPE));
        public static final Field<Boolean> APPEND_X_FORWARDED_HOST = D.field(38, "append_x_forwarded_host", BOOL);
        public static final MessageType TYPE = D.others(
                        "metadata_match=4 rate_limits=13 include_vh_rate_limits=14 cors=17 upgrade_configs=25")
                .others("internal_redirect_action=26 hedge_policy=27 grpc_timeout_offset=28")
                .others("max_internal_redirects=31 retry_policy_typed_config=33 internal_redirect_policy=34")
                .others("cluster_specifier_plugin=37 inline_cluster_specifier_plugin=39 early_data_policy=40")
                .others("path_rewrite_policy=41")
                .type();

        private RouteAction() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.MaxStreamDuration}. */
    public static final class MaxStreamDuration {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction.MaxStreamDuration");
        public static final Field<Duration> MAX_STREAM_DURATION = D.field(1, "max_stream_duration", DURATION);
        public static final Field<Duration> GRPC_TIMEOUT_HEADER_MAX = D.field(2, "grpc_timeout_header_max", DURATION);
        public static final MessageType TYPE =
                D.others("grpc_timeout_header_offset=3").type();

        private MaxStreamDuration() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.RequestMirrorPolicy}. */
    public static final class RequestMirrorPolicy {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction.RequestMirrorPolicy");
        public static final Field<String> CLUSTER = D.field(1, "cluster", STRING);
        public static final Field<Message> RUNTIME_FRACTION =
                D.field(3, "runtime_fraction", message(() -> CoreBase.RuntimeFractionalPercent.TYPE));
        public static final Field<Boolean> TRACE_SAMPLED = D.field(4, "trace_sampled", BOOL_VALUE);
        public static final Field<Boolean> DISABLE_SHADOW_HOST_SUFFIX_APPEND =
                D.field(6, "disable_shadow_host_suffix_append", BOOL);
        public static final MessageType TYPE = D.others("cluster_header=5").type();

        private RequestMirrorPolicy() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy}. */
    public static final class HashPolicy {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy");
        public static final Field<Message> HEADER =
                D.oneof("policy_specifier", 1, "header", message(() -> Header.TYPE));
        public static final Field<Message> COOKIE =
                D.oneof("policy_specifier", 2, "cookie", message(() -> Cookie.TYPE));
        public static final Field<Message> CONNECTION_PROPERTIES =
                D.oneof("policy_specifier", 3, "connection_properties", message(() -> ConnectionProperties.TYPE));
        public static final Field<Boolean> TERMINAL = D.field(4, "terminal", BOOL);
        public static final Field<Message> QUERY_PARAMETER =
                D.oneof("policy_specifier", 5, "query_parameter", message(() -> QueryParameter.TYPE));
        public static final MessageType TYPE = D.others("filter_state=6").type();

        private HashPolicy() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy.Header}. */
    public static final class Header {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy.Header");
        public static final Field<String> HEADER_NAME = D.field(1, "header_name", STRING);
        public static final Field<Message> REGEX_REWRITE =
                D.field(2, "regex_rewrite", message(() -> Matchers.RegexMatchAndSubstitute.TYPE));
        public static final MessageType TYPE = D.type();

        private Header() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy.Cookie}. */
    public static final class Cookie {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy.Cookie");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Duration> TTL = D.field(2, "ttl", DURATION);
        public static final Field<String> PATH = D.field(3, "path", STRING);
        public static final Field<List<Message>> ATTRIBUTES =
                D.repeated(4, "attributes", message(() -> CookieAttribute.TYPE));
        public static final MessageType TYPE = D.type();

        private Cookie() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute}. */
    public static final class CookieAttribute {
        private static final Declaration D =
                Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<String> VALUE = D.field(2, "value", STRING);
        public static final MessageType TYPE = D.type();

        private CookieAttribute() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties}. */
    public static final class ConnectionProperties {
        private static final Declaration D =
                Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties");
        public static final Field<Boolean> SOURCE_IP = D.field(1, "source_ip", BOOL);
        public static final MessageType TYPE = D.type();

        private ConnectionProperties() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.HashPolicy.QueryParameter}. */
    public static final class QueryParameter {
        private static final Declaration D =
                Declaration.of("envoy.config.route.v3.RouteAction.HashPolicy.QueryParameter");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final MessageType TYPE = D.type();

        private QueryParameter() {}
    }

    /** {@code envoy.config.route.v3.WeightedCluster}. */
    public static final class WeightedCluster {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.WeightedCluster");
        public static final Field<List<Message>> CLUSTERS =
                D.repeated(1, "clusters", message(() -> ClusterWeight.TYPE));
        public static final Field<Long> TOTAL_WEIGHT = D.field(3, "total_weight", UINT32_VALUE);
        public static final MessageType TYPE =
                D.others("runtime_key_prefix=2 header_name=4").type();

        private WeightedCluster() {}
    }

    /** {@code envoy.config.route.v3.WeightedCluster.ClusterWeight}. */
    public static final class ClusterWeight {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.WeightedCluster.ClusterWeight");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Long> WEIGHT = D.field(2, "weight", UINT32_VALUE);
        public static final Field<List<Message>> REQUEST_HEADERS_TO_ADD =
                D.repeated(4, "request_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<Message>> RESPONSE_HEADERS_TO_ADD =
                D.repeated(5, "response_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<String>> RESPONSE_HEADERS_TO_REMOVE =
                D.repeated(6, "response_headers_to_remove", STRING);
        public static final Field<List<String>> REQUEST_HEADERS_TO_REMOVE =
                D.repeated(9, "request_headers_to_remove", STRING);
        public static final Field<Map<String, Message>> TYPED_PER_FILTER_CONFIG =
                D.map(10, "typed_per_filter_config", STRING, ANY);
        public static final Field<String> HOST_REWRITE_LITERAL =
                D.oneof("host_rewrite_specifier", 11, "host_rewrite_literal", STRING);
        public static final MessageType TYPE =
                D.others("metadata_match=3 cluster_header=12").type();

        private ClusterWeight() {}
    }

    /** {@code envoy.config.route.v3.RedirectAction}. */
    public static final class RedirectAction {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RedirectAction");
        public static final Field<String> HOST_REDIRECT = D.field(1, "host_redirect", STRING);
        public static final Field<String> PATH_REDIRECT = D.oneof("path_rewrite_specifier", 2, "path_redirect", STRING);
        public static final Field<RedirectResponseCode> RESPONSE_CODE =
                D.field(3, "response_code", enumeration(RedirectResponseCode.class));
        public static final Field<Boolean> HTTPS_REDIRECT =
                D.oneof("scheme_rewrite_specifier", 4, "https_redirect", BOOL);
        public static final Field<String> PREFIX_REWRITE =
                D.oneof("path_rewrite_specifier", 5, "prefix_rewrite", STRING);
        public static final Field<Boolean> STRIP_QUERY = D.field(6, "strip_query", BOOL);
        public static final Field<String> SCHEME_REDIRECT =
                D.oneof("scheme_rewrite_specifier", 7, "scheme_redirect", STRING);
        public static final Field<Long> PORT_REDIRECT = D.field(8, "port_redirect", UINT32);
        public static final Field<Message> REGEX_REWRITE = D.oneof(
                "path_rewrite_specifier", 9, "regex_rewrite", message(() -> Matchers.RegexMatchAndSubstitute.TYPE));
        public static final MessageType TYPE = D.type();

        private RedirectAction() {}
    }

    /** {@code envoy.config.route.v3.DirectResponseAction}. */
    public static final class DirectResponseAction {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.DirectResponseAction");
        public static final Field<Long> STATUS = D.field(1, "status", UINT32);
        public static final Field<Message> BODY = D.field(2, "body", message(() -> CoreBase.DataSource.TYPE));
        public static final MessageType TYPE = D.type();

        private DirectResponseAction() {}
    }

    /** {@code envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode}. */
    public enum ClusterNotFoundResponseCode implements WireEnum {
        SERVICE_UNAVAILABLE(0),
        NOT_FOUND(1),
        INTERNAL_SERVER_ERROR(2);

        private final int number;

        ClusterNotFoundResponseCode(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.core.v3.RoutingPriority}. */
    public enum RoutingPriority implements WireEnum {
        DEFAULT(0),
        HIGH(1);

        private final int number;

        RoutingPriority(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.route.v3.RedirectAction.RedirectResponseCode}. */
    public enum RedirectResponseCode implements WireEnum {
        MOVED_PERMANENTLY(0),
        FOUND(1),
        SEE_OTHER(2),
        TEMPORARY_REDIRECT(3),
        PERMANENT_REDIRECT(4);

        private final int number;

        RedirectResponseCode(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

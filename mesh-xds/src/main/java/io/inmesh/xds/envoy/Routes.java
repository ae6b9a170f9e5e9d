package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.util.List;
import java.util.Map;

/** {@code envoy/config/route/v3/route.proto} and the first half of {@code route_components.proto}: from the port to the route. */
public final class Routes {

    private Routes() {}

    /** {@code envoy.config.route.v3.RouteConfiguration}. */
    public static final class RouteConfiguration {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteConfiguration");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<List<Message>> VIRTUAL_HOSTS =
                D.repeated(2, "virtual_hosts", message(() -> VirtualHost.TYPE));
        public static final Field<List<Message>> RESPONSE_HEADERS_TO_ADD =
                D.repeated(4, "response_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<String>> RESPONSE_HEADERS_TO_REMOVE =
                D.repeated(5, "response_headers_to_remove", STRING);
        public static final Field<List<Message>> REQUEST_HEADERS_TO_ADD =
                D.repeated(6, "request_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<Boolean> VALIDATE_CLUSTERS = D.field(7, "validate_clusters", BOOL_VALUE);
        public static final Field<List<String>> REQUEST_HEADERS_TO_REMOVE =
                D.repeated(8, "request_headers_to_remove", STRING);
        public static final Field<Message> VHDS = D.field(9, "vhds", message(() -> Vhds.TYPE));
        public static final Field<Boolean> MOST_SPECIFIC_HEADER_MUTATIONS_WINS =
                D.field(10, "most_specific_header_mutations_wins", BOOL);
        public static final Field<Long> MAX_DIRECT_RESPONSE_BODY_SIZE_BYTES =
                D.field(11, "max_direct_response_body_size_bytes", UINT32_VALUE);
        public static final Field<Boolean> IGNORE_PORT_IN_HOST_MATCHING =
                D.field(14, "ignore_port_in_host_matching", BOOL);
        public static final Field<Map<String, Message>> TYPED_PER_FILTER_CONFIG =
                D.map(16, "typed_per_filter_config", STRING, ANY);
        public static final MessageType TYPE = D.others(
                        "internal_only_headers=3 cluster_specifier_plugins=12 request_mirror_policies=13")
                .others("ignore_path_parameters_in_path_matching=15 metadata=17")
                .type();

        private RouteConfiguration() {}
    }

    /** {@code envoy.config.route.v3.Vhds}: virtual hosts are asked for one by one. */
    public static final class Vhds {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.Vhds");
        public static final Field<Message> CONFIG_SOURCE =
                D.field(1, "config_source", message(() -> CoreConfigSource.ConfigSource.TYPE));
        public static final MessageType TYPE = D.type();

        private Vhds() {}
    }

    /** {@code envoy.config.route.v3.VirtualHost}. */
    public static final class VirtualHost {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.VirtualHost");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<List<String>> DOMAINS = D.repeated(2, "domains", STRING);
        public static final Field<List<Message>> ROUTES = D.repeated(3, "routes", message(() -> Route.TYPE));
        public static final Field<TlsRequirementType> REQUIRE_TLS =
                D.field(4, "require_tls", enumeration(TlsRequirementType.class));
        public static final Field<List<Message>> REQUEST_HEADERS_TO_ADD =
                D.repeated(7, "request_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<Message>> RESPONSE_HEADERS_TO_ADD =
                D.repeated(10, "response_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<String>> RESPONSE_HEADERS_TO_REMOVE =
                D.repeated(11, "response_headers_to_remove", STRING);
        public static final Field<List<String>> REQUEST_HEADERS_TO_REMOVE =
                D.repeated(13, "request_headers_to_remove", STRING);
        public static final Field<Boolean> INCLUDE_REQUEST_ATTEMPT_COUNT =
                D.field(14, "include_request_attempt_count", BOOL);
        public static final Field<Map<String, Message>> TYPED_PER_FILTER_CONFIG =
                D.map(15, "typed_per_filter_config", STRING, ANY);
        public static final Field<Message> RETRY_POLICY =
                D.field(16, "retry_policy", message(() -> RetryPolicies.RetryPolicy.TYPE));
        public static final Field<Boolean> INCLUDE_ATTEMPT_COUNT_IN_RESPONSE =
                D.field(19, "include_attempt_count_in_response", BOOL);
        public static final Field<Message> METADATA = D.field(24, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final MessageType TYPE = D.others(
                        "virtual_clusters=5 rate_limits=6 cors=8 hedge_policy=17 per_request_buffer_limit_bytes=18")
                .others("retry_policy_typed_config=20 matcher=21 request_mirror_policies=22")
                .others("include_is_timeout_retry_header=23")
                .type();

        private VirtualHost() {}
    }

    /** {@code envoy.config.route.v3.Route}. */
    public static final class Route {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.Route");
        public static final Field<Message> MATCH = D.field(1, "match", message(() -> RouteMatch.TYPE));
        public static final Field<Message> ROUTE =
                D.oneof("action", 2, "route", message(() -> RouteActions.RouteAction.TYPE));
        public static final Field<Message> REDIRECT =
                D.oneof("action", 3, "redirect", message(() -> RouteActions.RedirectAction.TYPE));
        public static final Field<Message> METADATA = D.field(4, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final Field<Message> DECORATOR = D.field(5, "decorator", message(() -> Decorator.TYPE));
        public static final Field<Message> DIRECT_RESPONSE =
                D.oneof("action", 7, "direct_response", message(() -> RouteActions.DirectResponseAction.TYPE));
        public static final Field<List<Message>> REQUEST_HEADERS_TO_ADD =
                D.repeated(9, "request_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<Message>> RESPONSE_HEADERS_TO_ADD =
                D.repeated(10, "response_headers_to_add", message(() -> CoreBase.HeaderValueOption.TYPE));
        public static final Field<List<String>> RESPONSE_HEADERS_TO_REMOVE =
                D.repeated(11, "response_headers_to_remove", STRING);
        public static final Field<List<String>> REQUEST_HEADERS_TO_REMOVE =
                D.repeated(12, "request_headers_to_remove", STRING);
        public static final Field<Map<String, Message>> TYPED_PER_FILTER_CONFIG =
                D.map(13, "typed_per_filter_config", STRING, ANY);
        public static final Field<String> NAME = D.field(14, "name", STRING);
        public static final Field<Message> NON_FORWARDING_ACTION =
                D.oneof("action", 18, "non_forwarding_action", message(() -> NonForwardingAction.TYPE));
        public static final Field<String> STAT_PREFIX = D.field(19, "stat_prefix", STRING);
        public static final MessageType TYPE = D.others("tracing=15 per_request_buffer_limit_bytes=16 filter_action=17")
                .type();

        private Route() {}
    }

    /** {@code envoy.config.route.v3.RouteMatch}. */
    public static final class RouteMatch {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteMatch");
        public static final Field<String> PREFIX = D.oneof("path_specifier", 1, "prefix", STRING);
        public static final Field<String> PATH = D.oneof("path_specifier", 2, "path", STRING);
        public static final Field<Boolean> CASE_SENSITIVE = D.field(4, "case_sensitive", BOOL_VALUE);
        public static final Field<List<Message>> HEADERS = D.repeated(6, "headers", message(() -> HeaderMatcher.TYPE));
        public static final Field<List<Message>> QUERY_PARAMETERS =
                D.repeated(7, "query_parameters", message(() -> QueryParameterMatcher.TYPE));
        public static final Field<Message> GRPC = D.field(8, "grpc", message(() -> GrpcRouteMatchOptions.TYPE));
        public static final Field<Message> RUNTIME_FRACTION =
                D.field(9, "runtime_fraction", message(() -> CoreBase.RuntimeFractionalPercent.TYPE));
        public static final Field<Message> SAFE_REGEX =
                D.oneof("path_specifier", 10, "safe_regex", message(() -> Matchers.RegexMatcher.TYPE));
        public static final Field<String> PATH_SEPARATED_PREFIX =
                D.oneof("path_specifier", 14, "path_separated_prefix", STRING);
        public static final MessageType TYPE = D.others(
                        "tls_context=11 connect_matcher=12 dynamic_metadata=13 path_match_policy=15")
                .others("filter_state=16")
                .type();

        private RouteMatch() {}
    }

    /** {@code envoy.config.route.v3.RouteMatch.GrpcRouteMatchOptions}. */
    public static final class GrpcRouteMatchOptions {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.RouteMatch.GrpcRouteMatchOptions");
        public static final MessageType TYPE = D.type();

        private GrpcRouteMatchOptions() {}
    }

    /** {@code envoy.config.route.v3.HeaderMatcher}. */
    public static final class HeaderMatcher {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.HeaderMatcher");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<String> EXACT_MATCH = D.oneof("header_match_specifier", 4, "exact_match", STRING);
        public static final Field<Message> RANGE_MATCH =
                D.oneof("header_match_specifier", 6, "range_match", message(() -> Percents.Int64Range.TYPE));
        public static final Field<Boolean> PRESENT_MATCH = D.oneof("header_match_specifier", 7, "present_match", BOOL);
        public static final Field<Boolean> INVERT_MATCH = D.field(8, "invert_match", BOOL);
        public static final Field<String> PREFIX_MATCH = D.oneof("header_match_specifier", 9, "prefix_match", STRING);
        public static final Field<String> SUFFIX_MATCH = D.oneof("header_match_specifier", 10, "suffix_match", STRING);
        public static final Field<Message> SAFE_REGEX_MATCH =
                D.oneof("header_match_specifier", 11, "safe_regex_match", message(() -> Matchers.RegexMatcher.TYPE));
        public static final Field<String> CONTAINS_MATCH =
                D.oneof("header_match_specifier", 12, "contains_match", STRING);
        public static final Field<Message> STRING_MATCH =
                D.oneof("header_match_specifier", 13, "string_match", message(() -> Matchers.StringMatcher.TYPE));
        public static final Field<Boolean> TREAT_MISSING_HEADER_AS_EMPTY =
                D.field(14, "treat_missing_header_as_empty", BOOL);
        public static final MessageType TYPE = D.type();

        private HeaderMatcher() {}
    }

    /** {@code envoy.config.route.v3.QueryParameterMatcher}. */
    public static final class QueryParameterMatcher {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.QueryParameterMatcher");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> STRING_MATCH = D.oneof(
                "query_parameter_match_specifier", 5, "string_match", message(() -> Matchers.StringMatcher.TYPE));
        public static final Field<Boolean> PRESENT_MATCH =
                D.oneof("query_parameter_match_specifier", 6, "present_match", BOOL);
        public static final MessageType TYPE = D.type();

        private QueryParameterMatcher() {}
    }

    /** {@code envoy.config.route.v3.Decorator}. */
    public static final class Decorator {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.Decorator");
        public static final Field<String> OPERATION = D.field(1, "operation", STRING);
        public static final MessageType TYPE = D.others("propagate=2").type();

        private Decorator() {}
    }

    /** {@code envoy.config.route.v3.FilterConfig}. */
    public static final class FilterConfig {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.FilterConfig");
        public static final Field<Message> CONFIG = D.field(1, "config", ANY);
        public static final Field<Boolean> DISABLED = D.field(3, "disabled", BOOL);
        public static final MessageType TYPE = D.others("is_optional=2").type();

        private FilterConfig() {}
    }

    /** {@code envoy.config.route.v3.NonForwardingAction}. */
    public static final class NonForwardingAction {
        private static final Declaration D = Declaration.of("envoy.config.route.v3.NonForwardingAction");
        public static final MessageType TYPE = D.type();

        private NonForwardingAction() {}
    }

    /** {@code envoy.config.route.v3.VirtualHost.TlsRequirementType}. */
    public enum TlsRequirementType implements WireEnum {
        NONE(0),
        EXTERNAL_ONLY(1),
        ALL(2);

        private final int number;

        TlsRequirementType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

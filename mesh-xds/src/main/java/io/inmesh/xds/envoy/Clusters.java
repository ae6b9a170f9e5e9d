package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.STRUCT;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code envoy/config/cluster/v3/cluster.proto}: clusters. */
public final class Clusters {

    private Clusters() {}

    /** {@code envoy.config.cluster.v3.Cluster}. */
    public static final class Cluster {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<DiscoveryType> DISCOVERY_TYPE =
                D.oneof("cluster_discovery_type", 2, "type", enumeration(DiscoveryType.class));
        public static final Field<Message> EDS_CLUSTER_CONFIG =
                D.field(3, "eds_cluster_config", message(() -> EdsClusterConfig.TYPE));
        public static final Field<Duration> CONNECT_TIMEOUT = D.field(4, "connect_timeout", DURATION);
        public static final Field<LbPolicy> LB_POLICY = D.field(6, "lb_policy", enumeration(LbPolicy.class));
        public static final Field<Message> CIRCUIT_BREAKERS =
                D.field(10, "circuit_breakers", message(() -> Resilience.CircuitBreakers.TYPE));
        public static final Field<Duration> DNS_REFRESH_RATE = D.field(16, "dns_refresh_rate", DURATION);
        public static final Field<DnsLookupFamily> DNS_LOOKUP_FAMILY =
                D.field(17, "dns_lookup_family", enumeration(DnsLookupFamily.class));
        public static final Field<Message> OUTLIER_DETECTION =
                D.field(19, "outlier_detection", message(() -> Resilience.OutlierDetection.TYPE));
        public static final Field<Message> UPSTREAM_BIND_CONFIG =
                D.field(21, "upstream_bind_config", message(() -> CoreAddress.BindConfig.TYPE));
        public static final Field<Message> RING_HASH_LB_CONFIG =
                D.oneof("lb_config", 23, "ring_hash_lb_config", message(() -> ClusterLb.RingHashLbConfig.TYPE));
        public static final Field<Message> TRANSPORT_SOCKET =
                D.field(24, "transport_socket", message(() -> CoreBase.TransportSocket.TYPE));
        public static final Field<Message> METADATA = D.field(25, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final Field<Message> COMMON_LB_CONFIG =
                D.field(27, "common_lb_config", message(() -> ClusterLb.CommonLbConfig.TYPE));
        public static final Field<String> ALT_STAT_NAME = D.field(28, "alt_stat_name", STRING);
        public static final Field<Message> UPSTREAM_CONNECTION_OPTIONS =
                D.field(30, "upstream_connection_options", message(() -> UpstreamConnectionOptions.TYPE));
        public static final Field<Message> LOAD_ASSIGNMENT =
                D.field(33, "load_assignment", message(() -> Endpoints.ClusterLoadAssignment.TYPE));
        public static final Field<Map<String, Message>> TYPED_EXTENSION_PROTOCOL_OPTIONS =
                D.map(36, "typed_extension_protocol_options", STRING, ANY);
        public static final Field<Message> LEAST_REQUEST_LB_CONFIG =
                D.oneof("lb_config", 37, "least_request_lb_config", message(() -> ClusterLb.LeastRequestLbConfig.TYPE));
        public static final Field<Boolean> RESPECT_DNS_TTL = D.field(39, "respect_dns_ttl", BOOL);
        public static final Field<List<Message>> TRANSPORT_SOCKET_MATCHES =
                D.repeated(43, "transport_socket_matches", message(() -> TransportSocketMatch.TYPE));
        public static final Field<Message> DNS_FAILURE_REFRESH_RATE =
                D.field(44, "dns_failure_refresh_rate", message(() -> RefreshRate.TYPE));
        public static final Field<Message> MAGLEV_LB_CONFIG =
                D.oneof("lb_config", 52, "maglev_lb_config", message(() -> ClusterLb.MaglevLbConfig.TYPE));
        public static final Field<Message> ROUND_ROBIN_LB_CONFIG =
                D.oneof("lb_config", 56, "round_robin_lb_config", message(() -> ClusterLb.RoundRobinLbConfig.TYPE));
        public static final Field<Duration> DNS_JITTER = D.field(58, "dns_jitter", DURATION);
        public static final MessageType TYPE = D.others(
                        "per_connection_buffer_limit_bytes=5 health_checks=8 max_requests_per_connection=9")
                .others("http_protocol_options=13 http2_protocol_options=14 dns_resolvers=18 cleanup_interval=20")
                .others("lb_subset_config=22 protocol_selection=26 common_http_protocol_options=29")
                .others("close_connections_on_host_health_failure=31 ignore_health_on_host_removal=32")
                .others("original_dst_lb_config=34 cluster_type=38 filters=40 load_balancing_policy=41")
                .others("lrs_server=42 use_tcp_for_dns_lookups=45")
                .others("upstream_http_protocol_options=46 track_timeout_budgets=47 upstream_config=48")
                .others("track_cluster_stats=49 preconnect_policy=50 connection_pool_per_downstream_connection=51")
                .others("dns_resolution_config=53 wait_for_warm_on_init=54 typed_dns_resolver_config=55")
                .others("lrs_report_endpoint_metrics=57")
                .type();

        private Cluster() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.TransportSocketMatch}. */
    public static final class TransportSocketMatch {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.TransportSocketMatch");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> MATCH = D.field(2, "match", STRUCT);
        public static final Field<Message> TRANSPORT_SOCKET =
                D.field(3, "transport_socket", message(() -> CoreBase.TransportSocket.TYPE));
        public static final MessageType TYPE = D.type();

        private TransportSocketMatch() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.RefreshRate}. */
    public static final class RefreshRate {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.RefreshRate");
        public static final Field<Duration> BASE_INTERVAL = D.field(1, "base_interval", DURATION);
        public static final Field<Duration> MAX_INTERVAL = D.field(2, "max_interval", DURATION);
        public static final MessageType TYPE = D.type();

        private RefreshRate() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.EdsClusterConfig}. */
    public static final class EdsClusterConfig {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.Cluster.EdsClusterConfig");
        public static final Field<Message> EDS_CONFIG =
                D.field(1, "eds_config", message(() -> CoreConfigSource.ConfigSource.TYPE));
        public static final Field<String> SERVICE_NAME = D.field(2, "service_name", STRING);
        public static final MessageType TYPE = D.type();

        private EdsClusterConfig() {}
    }

    /** {@code envoy.config.cluster.v3.UpstreamConnectionOptions}. */
    public static final class UpstreamConnectionOptions {
        private static final Declaration D = Declaration.of("envoy.config.cluster.v3.UpstreamConnectionOptions");
        public static final Field<Message> TCP_KEEPALIVE =
                D.field(1, "tcp_keepalive", message(() -> CoreAddress.TcpKeepalive.TYPE));
        public static final MessageType TYPE = D.others(
                        "set_local_interface_name_on_upstream_connections=2 happy_eyeballs_config=3")
                .type();

        private UpstreamConnectionOptions() {}
    }

    /** {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions}. */
    public static final class HttpProtocolOptions {
        private static final Declaration D = Declaration.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        public static final Field<Message> COMMON_HTTP_PROTOCOL_OPTIONS =
                D.field(1, "common_http_protocol_options", message(() -> CoreProtocol.HttpProtocolOptions.TYPE));
        public static final Field<Message> EXPLICIT_HTTP_CONFIG =
                D.oneof("upstream_protocol_options", 3, "explicit_http_config", message(() -> ExplicitHttpConfig.TYPE));
        public static final Field<Message> USE_DOWNSTREAM_PROTOCOL_CONFIG = D.oneof(
                "upstream_protocol_options",
                4,
                "use_downstream_protocol_config",
                message(() -> UseDownstreamHttpConfig.TYPE));
        public static final Field<Message> AUTO_CONFIG =
                D.oneof("upstream_protocol_options", 5, "auto_config", message(() -> AutoHttpConfig.TYPE));
        public static final Field<Message> OUTLIER_DETECTION =
                D.field(8, "outlier_detection", message(() -> HttpOutlierDetection.TYPE));
        public static final MessageType TYPE = D.others(
                        "upstream_http_protocol_options=2 http_filters=6 header_validation_config=7")
                .others("request_mirror_policies=9 hash_policy=10 retry_policy=11")
                .type();

        private HttpProtocolOptions() {}
    }

    /** {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions.OutlierDetection}. */
    public static final class HttpOutlierDetection {
        private static final Declaration D =
                Declaration.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions.OutlierDetection");
        public static final Field<Message> ERROR_MATCHER =
                D.field(1, "error_matcher", message(() -> Predicates.MatchPredicate.TYPE));
        public static final MessageType TYPE = D.type();

        private HttpOutlierDetection() {}
    }

    /** {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig}. */
    public static final class ExplicitHttpConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig");
        public static final Field<Message> HTTP_PROTOCOL_OPTIONS = D.oneof(
                "protocol_config", 1, "http_protocol_options", message(() -> CoreProtocol.Http1ProtocolOptions.TYPE));
        public static final Field<Message> HTTP2_PROTOCOL_OPTIONS = D.oneof(
                "protocol_config", 2, "http2_protocol_options", message(() -> CoreProtocol.Http2ProtocolOptions.TYPE));
        public static final MessageType TYPE =
                D.others("http3_protocol_options=3").type();

        private ExplicitHttpConfig() {}
    }

    /** {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig}. */
    public static final class UseDownstreamHttpConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig");
        public static final Field<Message> HTTP_PROTOCOL_OPTIONS =
                D.field(1, "http_protocol_options", message(() -> CoreProtocol.Http1ProtocolOptions.TYPE));
        public static final Field<Message> HTTP2_PROTOCOL_OPTIONS =
                D.field(2, "http2_protocol_options", message(() -> CoreProtocol.Http2ProtocolOptions.TYPE));
        public static final MessageType TYPE =
                D.others("http3_protocol_options=3").type();

        private UseDownstreamHttpConfig() {}
    }

    /** {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig}. */
    public static final class AutoHttpConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig");
        public static final Field<Message> HTTP_PROTOCOL_OPTIONS =
                D.field(1, "http_protocol_options", message(() -> CoreProtocol.Http1ProtocolOptions.TYPE));
        public static final Field<Message> HTTP2_PROTOCOL_OPTIONS =
                D.field(2, "http2_protocol_options", message(() -> CoreProtocol.Http2ProtocolOptions.TYPE));
        public static final MessageType TYPE = D.others("http3_protocol_options=3 alternate_protocols_cache_options=4")
                .type();

        private AutoHttpConfig() {}
    }

    /** {@code envoy.config.cluster.v3.Cluster.DiscoveryType}. */
    public enum DiscoveryType implements WireEnum {
        STATIC(0),
        STRICT_DNS(1),
        LOGICAL_DNS(2),
        EDS(3),
        ORIGINAL_DST(4);

        private final int number;

        DiscoveryType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.cluster.v3.Cluster.LbPolicy}. */
    public enum LbPolicy implements WireEnum {
        ROUND_ROBIN(0),
        LEAST_REQUEST(1),
        RING_HASH(2),
        RANDOM(3),
        MAGLEV(5),
        CLUSTER_PROVIDED(6),
        LOAD_BALANCING_POLICY_CONFIG(7);

        private final int number;

        LbPolicy(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.cluster.v3.Cluster.DnsLookupFamily}. */
    public enum DnsLookupFamily implements WireEnum {
        AUTO(0),
        V4_ONLY(1),
        V6_ONLY(2),
        V4_PREFERRED(3),
        ALL(4);

        private final int number;

        DnsLookupFamily(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;
import static io.inmesh.xds.wire.WellKnown.DURATION;
import static io.inmesh.xds.wire.WellKnown.STRUCT;
import static io.inmesh.xds.wire.WellKnown.UINT32_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Duration;
import java.util.List;

/** {@code envoy/config/listener/v3}: listeners and filter chains, with the network filters that Inmesh knows. */
public final class Listeners {

    private Listeners() {}

    /** {@code envoy.config.listener.v3.Listener}. */
    public static final class Listener {
        private static final Declaration D = Declaration.of("envoy.config.listener.v3.Listener");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> ADDRESS = D.field(2, "address", message(() -> CoreAddress.Address.TYPE));
        public static final Field<List<Message>> FILTER_CHAINS =
                D.repeated(3, "filter_chains", message(() -> FilterChain.TYPE));
        public static final Field<Boolean> USE_ORIGINAL_DST = D.field(4, "use_original_dst", BOOL_VALUE);
        public static final Field<Message> METADATA = D.field(6, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final Field<List<Message>> LISTENER_FILTERS =
                D.repeated(9, "listener_filters", message(() -> ListenerFilter.TYPE));
        public static final Field<Duration> LISTENER_FILTERS_TIMEOUT =
                D.field(15, "listener_filters_timeout", DURATION);
        public static final Field<TrafficDirection> TRAFFIC_DIRECTION =
                D.field(16, "traffic_direction", enumeration(TrafficDirection.class));
        public static final Field<Boolean> CONTINUE_ON_LISTENER_FILTERS_TIMEOUT =
                D.field(17, "continue_on_listener_filters_timeout", BOOL);
        public static final Field<Message> DEFAULT_FILTER_CHAIN =
                D.field(25, "default_filter_chain", message(() -> FilterChain.TYPE));
        public static final Field<Boolean> BIND_TO_PORT = D.field(26, "bind_to_port", BOOL_VALUE);
        public static final Field<String> STAT_PREFIX = D.field(28, "stat_prefix", STRING);
        public static final MessageType TYPE = D.others(
                        "per_connection_buffer_limit_bytes=5 deprecated_v1=7 drain_type=8 transparent=10")
                .others("freebind=11 tcp_fast_open_queue_length=12 socket_options=13 udp_listener_config=18")
                .others("api_listener=19 connection_balance_config=20 reuse_port=21 access_log=22")
                .others("tcp_backlog_size=24 internal_listener=27 enable_reuse_port=29 enable_mptcp=30")
                .others("ignore_global_conn_limit=31 filter_chain_matcher=32 additional_addresses=33")
                .others("max_connections_to_accept_per_socket_event=34 bypass_overload_manager=35")
                .type();

        private Listener() {}
    }

    /** {@code envoy.config.listener.v3.FilterChain}. */
    public static final class FilterChain {
        private static final Declaration D = Declaration.of("envoy.config.listener.v3.FilterChain");
        public static final Field<Message> FILTER_CHAIN_MATCH =
                D.field(1, "filter_chain_match", message(() -> FilterChainMatch.TYPE));
        public static final Field<List<Message>> FILTERS = D.repeated(3, "filters", message(() -> Filter.TYPE));
        public static final Field<Message> METADATA = D.field(5, "metadata", message(() -> CoreBase.Metadata.TYPE));
        public static final Field<Message> TRANSPORT_SOCKET =
                D.field(6, "transport_socket", message(() -> CoreBase.TransportSocket.TYPE));
        public static final Field<String> NAME = D.field(7, "name", STRING);
        public static final Field<Duration> TRANSPORT_SOCKET_CONNECT_TIMEOUT =
                D.field(9, "transport_socket_connect_timeout", DURATION);
        public static final MessageType TYPE = D.others("use_proxy_proto=4").type();

        private FilterChain() {}
    }

    /** {@code envoy.config.listener.v3.FilterChainMatch}. */
    public static final class FilterChainMatch {
        private static final Declaration D = Declaration.of("envoy.config.listener.v3.FilterChainMatch");
        public static final Field<List<Message>> PREFIX_RANGES =
                D.repeated(3, "prefix_ranges", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<List<Message>> SOURCE_PREFIX_RANGES =
                D.repeated(6, "source_prefix_ranges", message(() -> CoreAddress.CidrRange.TYPE));
        public static final Field<List<Long>> SOURCE_PORTS = D.repeated(7, "source_ports", UINT32);
        public static final Field<Long> DESTINATION_PORT = D.field(8, "destination_port", UINT32_VALUE);
        public static final Field<String> TRANSPORT_PROTOCOL = D.field(9, "transport_protocol", STRING);
        public static final Field<List<String>> APPLICATION_PROTOCOLS = D.repeated(10, "application_protocols", STRING);
        public static final Field<List<String>> SERVER_NAMES = D.repeated(11, "server_names", STRING);
        public static final Field<ConnectionSourceType> SOURCE_TYPE =
                D.field(12, "source_type", enumeration(ConnectionSourceType.class));
        public static final Field<List<Message>> DIRECT_SOURCE_PREFIX_RANGES =
                D.repeated(13, "direct_source_prefix_ranges", message(() -> CoreAddress.CidrRange.TYPE));
        public static final MessageType TYPE =
                D.others("address_suffix=4 suffix_len=5").type();

        private FilterChainMatch() {}
    }

    /** {@code envoy.config.listener.v3.Filter}. */
    public static final class Filter {
        private static final Declaration D = Declaration.of("envoy.config.listener.v3.Filter");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 4, "typed_config", ANY);
        public static final MessageType TYPE = D.others("config_discovery=5").type();

        private Filter() {}
    }

    /** {@code envoy.config.listener.v3.ListenerFilter}. */
    public static final class ListenerFilter {
        private static final Declaration D = Declaration.of("envoy.config.listener.v3.ListenerFilter");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 3, "typed_config", ANY);
        public static final MessageType TYPE =
                D.others("filter_disabled=4 config_discovery=5").type();

        private ListenerFilter() {}
    }

    /** {@code envoy.extensions.filters.listener.http_inspector.v3.HttpInspector}. */
    public static final class HttpInspector {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.listener.http_inspector.v3.HttpInspector");
        public static final MessageType TYPE = D.type();

        private HttpInspector() {}
    }

    /** {@code envoy.extensions.filters.listener.original_dst.v3.OriginalDst}. */
    public static final class OriginalDst {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.listener.original_dst.v3.OriginalDst");
        public static final MessageType TYPE = D.type();

        private OriginalDst() {}
    }

    /** {@code envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector}. */
    public static final class TlsInspector {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector");
        public static final MessageType TYPE = D.others("enable_ja3_fingerprinting=1 initial_read_buffer_size=2")
                .type();

        private TlsInspector() {}
    }

    /** {@code envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy}. */
    public static final class TcpProxy {
        private static final Declaration D = Declaration.of("envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy");
        public static final Field<String> STAT_PREFIX = D.field(1, "stat_prefix", STRING);
        public static final Field<String> CLUSTER = D.oneof("cluster_specifier", 2, "cluster", STRING);
        public static final Field<List<Message>> ACCESS_LOG =
                D.repeated(5, "access_log", message(() -> AccessLogs.AccessLog.TYPE));
        public static final Field<Duration> IDLE_TIMEOUT = D.field(8, "idle_timeout", DURATION);
        public static final Field<Message> WEIGHTED_CLUSTERS =
                D.oneof("cluster_specifier", 10, "weighted_clusters", message(() -> WeightedCluster.TYPE));
        public static final Field<Duration> MAX_DOWNSTREAM_CONNECTION_DURATION =
                D.field(13, "max_downstream_connection_duration", DURATION);
        public static final MessageType TYPE = D.others(
                        "downstream_idle_timeout=3 upstream_idle_timeout=4 max_connect_attempts=7")
                .others("metadata_match=9 hash_policy=11 tunneling_config=12 on_demand=14")
                .others("access_log_flush_interval=15 flush_access_log_on_connected=16 access_log_options=17")
                .others("backoff_options=18 proxy_protocol_tlvs=19")
                .type();

        private TcpProxy() {}
    }

    /** {@code envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster}. */
    public static final class WeightedCluster {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster");
        public static final Field<List<Message>> CLUSTERS =
                D.repeated(1, "clusters", message(() -> TcpClusterWeight.TYPE));
        public static final MessageType TYPE = D.type();

        private WeightedCluster() {}
    }

    /** {@code envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight}. */
    public static final class TcpClusterWeight {
        private static final Declaration D =
                Declaration.of("envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy.WeightedCluster.ClusterWeight");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Long> WEIGHT = D.field(2, "weight", UINT32);
        public static final MessageType TYPE = D.others("metadata_match=3").type();

        private TcpClusterWeight() {}
    }

    /** {@code udpa.type.v1.TypedStruct}: the settings of a filter without the filter's own message. */
    public static final class TypedStruct {
        private static final Declaration D = Declaration.of("udpa.type.v1.TypedStruct");
        public static final Field<String> TYPE_URL = D.field(1, "type_url", STRING);
        public static final Field<Message> VALUE = D.field(2, "value", STRUCT);
        public static final MessageType TYPE = D.type();

        private TypedStruct() {}
    }

    /** {@code envoy.config.core.v3.TrafficDirection}. */
    public enum TrafficDirection implements WireEnum {
        UNSPECIFIED(0),
        INBOUND(1),
        OUTBOUND(2);

        private final int number;

        TrafficDirection(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.config.listener.v3.FilterChainMatch.ConnectionSourceType}. */
    public enum ConnectionSourceType implements WireEnum {
        ANY(0),
        SAME_IP_OR_LOOPBACK(1),
        EXTERNAL(2);

        private final int number;

        ConnectionSourceType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.TIMESTAMP;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.time.Instant;
import java.util.List;

/** {@code envoy/admin/v3/config_dump.proto} and its neighbours: what {@code /config_dump} answers. */
public final class AdminDumps {

    private AdminDumps() {}

    /** {@code envoy.admin.v3.ConfigDump}. */
    public static final class ConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ConfigDump");
        public static final Field<List<Message>> CONFIGS = D.repeated(1, "configs", ANY);
        public static final MessageType TYPE = D.type();

        private ConfigDump() {}
    }

    /** {@code envoy.admin.v3.BootstrapConfigDump}. */
    public static final class BootstrapConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.BootstrapConfigDump");
        public static final Field<Message> BOOTSTRAP = D.field(1, "bootstrap", message(() -> Bootstrap.TYPE));
        public static final Field<Instant> LAST_UPDATED = D.field(2, "last_updated", TIMESTAMP);
        public static final MessageType TYPE = D.type();

        private BootstrapConfigDump() {}
    }

    /** {@code envoy.config.bootstrap.v3.Bootstrap}, of which a library has the node only. */
    public static final class Bootstrap {
        private static final Declaration D = Declaration.of("envoy.config.bootstrap.v3.Bootstrap");
        public static final Field<Message> NODE = D.field(1, "node", message(() -> CoreBase.Node.TYPE));
        public static final MessageType TYPE = D.others("static_resources=2 dynamic_resources=3 cluster_manager=4")
                .others("flags_path=5 stats_sinks=6 stats_flush_interval=7 watchdog=8 tracing=9 admin=12")
                .others("stats_config=13 hds_config=14 overload_manager=15 enable_dispatcher_stats=16")
                .others("layered_runtime=17 header_prefix=18 stats_server_version_override=19")
                .others("use_tcp_for_dns_lookups=20 bootstrap_extensions=21 config_sources=22")
                .others("default_config_source=23 default_socket_interface=24 certificate_provider_instances=25")
                .others("node_context_params=26 watchdogs=27 fatal_actions=28 stats_flush_on_admin=29")
                .others("dns_resolution_config=30 typed_dns_resolver_config=31 inline_headers=32")
                .others("perf_tracing_file_path=33 default_regex_engine=34 xds_delegate_extension=35")
                .others("xds_config_tracker_extension=36 listener_manager=37 application_log_config=38")
                .others("deferred_stat_options=39 grpc_async_client_manager_config=40 memory_allocator_manager=41")
                .type();

        private Bootstrap() {}
    }

    /** {@code envoy.admin.v3.UpdateFailureState}. */
    public static final class UpdateFailureState {
        private static final Declaration D = Declaration.of("envoy.admin.v3.UpdateFailureState");
        public static final Field<Instant> LAST_UPDATE_ATTEMPT = D.field(2, "last_update_attempt", TIMESTAMP);
        public static final Field<String> DETAILS = D.field(3, "details", STRING);
        public static final Field<String> VERSION_INFO = D.field(4, "version_info", STRING);
        public static final MessageType TYPE =
                D.others("failed_configuration=1").type();

        private UpdateFailureState() {}
    }

    /** {@code envoy.admin.v3.ClustersConfigDump}. */
    public static final class ClustersConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ClustersConfigDump");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<List<Message>> DYNAMIC_ACTIVE_CLUSTERS =
                D.repeated(3, "dynamic_active_clusters", message(() -> DynamicCluster.TYPE));
        public static final Field<List<Message>> DYNAMIC_WARMING_CLUSTERS =
                D.repeated(4, "dynamic_warming_clusters", message(() -> DynamicCluster.TYPE));
        public static final MessageType TYPE = D.others("static_clusters=2").type();

        private ClustersConfigDump() {}
    }

    /** {@code envoy.admin.v3.ClustersConfigDump.DynamicCluster}. */
    public static final class DynamicCluster {
        private static final Declaration D = Declaration.of("envoy.admin.v3.ClustersConfigDump.DynamicCluster");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<Message> CLUSTER = D.field(2, "cluster", ANY);
        public static final Field<Instant> LAST_UPDATED = D.field(3, "last_updated", TIMESTAMP);
        public static final Field<Message> ERROR_STATE =
                D.field(4, "error_state", message(() -> UpdateFailureState.TYPE));
        public static final Field<ClientResourceStatus> CLIENT_STATUS =
                D.field(5, "client_status", enumeration(ClientResourceStatus.class));
        public static final MessageType TYPE = D.type();

        private DynamicCluster() {}
    }

    /** {@code envoy.admin.v3.RoutesConfigDump}. */
    public static final class RoutesConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.RoutesConfigDump");
        public static final Field<List<Message>> DYNAMIC_ROUTE_CONFIGS =
                D.repeated(3, "dynamic_route_configs", message(() -> DynamicRouteConfig.TYPE));
        public static final Field<List<Message>> STATIC_ROUTE_CONFIGS =
                D.repeated(2, "static_route_configs", message(() -> StaticRouteConfig.TYPE));
        public static final MessageType TYPE = D.type();

        private RoutesConfigDump() {}
    }

    /** {@code envoy.admin.v3.RoutesConfigDump.StaticRouteConfig}. */
    public static final class StaticRouteConfig {
        private static final Declaration D = Declaration.of("envoy.admin.v3.RoutesConfigDump.StaticRouteConfig");
        public static final Field<Message> ROUTE_CONFIG = D.field(1, "route_config", ANY);
        public static final Field<Instant> LAST_UPDATED = D.field(2, "last_updated", TIMESTAMP);
        public static final MessageType TYPE = D.type();

        private StaticRouteConfig() {}
    }

    /** {@code envoy.admin.v3.RoutesConfigDump.DynamicRouteConfig}. */
    public static final class DynamicRouteConfig {
        private static final Declaration D = Declaration.of("envoy.admin.v3.RoutesConfigDump.DynamicRouteConfig");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<Message> ROUTE_CONFIG = D.field(2, "route_config", ANY);
        public static final Field<Instant> LAST_UPDATED = D.field(3, "last_updated", TIMESTAMP);
        public static final Field<Message> ERROR_STATE =
                D.field(4, "error_state", message(() -> UpdateFailureState.TYPE));
        public static final Field<ClientResourceStatus> CLIENT_STATUS =
                D.field(5, "client_status", enumeration(ClientResourceStatus.class));
        public static final MessageType TYPE = D.type();

        private DynamicRouteConfig() {}
    }

    /** {@code envoy.admin.v3.EndpointsConfigDump}. */
    public static final class EndpointsConfigDump {
        private static final Declaration D = Declaration.of("envoy.admin.v3.EndpointsConfigDump");
        public static final Field<List<Message>> DYNAMIC_ENDPOINT_CONFIGS =
                D.repeated(3, "dynamic_endpoint_configs", message(() -> DynamicEndpointConfig.TYPE));
        public static final MessageType TYPE =
                D.others("static_endpoint_configs=2").type();

        private EndpointsConfigDump() {}
    }

    /** {@code envoy.admin.v3.EndpointsConfigDump.DynamicEndpointConfig}. */
    public static final class DynamicEndpointConfig {
        private static final Declaration D = Declaration.of("envoy.admin.v3.EndpointsConfigDump.DynamicEndpointConfig");
        public static final Field<String> VERSION_INFO = D.field(1, "version_info", STRING);
        public static final Field<Message> ENDPOINT_CONFIG = D.field(2, "endpoint_config", ANY);
        public static final Field<Instant> LAST_UPDATED = D.field(3, "last_updated", TIMESTAMP);
        public static final Field<Message> ERROR_STATE =
                D.field(4, "error_state", message(() -> UpdateFailureState.TYPE));
        public static final Field<ClientResourceStatus> CLIENT_STATUS =
                D.field(5, "client_status", enumeration(ClientResourceStatus.class));
        public static final MessageType TYPE = D.type();

        private DynamicEndpointConfig() {}
    }

    /** {@code envoy.admin.v3.ClientResourceStatus}. */
    public enum ClientResourceStatus implements WireEnum {
        UNKNOWN(0),
        REQUESTED(1),
        DOES_NOT_EXIST(2),
        ACKED(3),
        NACKED(4),
        RECEIVED_ERROR(5),
        TIMEOUT(6);

        private final int number;

        ClientResourceStatus(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

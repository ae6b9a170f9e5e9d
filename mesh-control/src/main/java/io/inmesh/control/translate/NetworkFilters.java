package io.inmesh.control.translate;

import io.inmesh.control.config.MeshConfig.ClientCertificates;
import io.inmesh.control.config.MeshConfig.PathNormalization;
import io.inmesh.control.state.MeshSettings.Listening;
import io.inmesh.xds.envoy.HttpManagers.ForwardClientCertDetails;
import io.inmesh.xds.envoy.HttpManagers.HttpConnectionManager;
import io.inmesh.xds.envoy.HttpManagers.PathWithEscapedSlashesAction;
import io.inmesh.xds.envoy.HttpManagers.Rds;
import io.inmesh.xds.envoy.HttpManagers.SetCurrentClientCertDetails;
import io.inmesh.xds.envoy.HttpManagers.UpgradeConfig;
import io.inmesh.xds.envoy.Listeners.Filter;
import io.inmesh.xds.envoy.Listeners.ListenerFilter;
import io.inmesh.xds.envoy.Listeners.TcpProxy;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;

/** The last filter of a chain: HTTP with its routes, or bytes to a cluster. */
final class NetworkFilters {

    private static final String HTTP = "envoy.filters.network.http_connection_manager";

    private NetworkFilters() {}

    static Message outboundHttp(int port, List<Message> filters, Listening mesh) {
        Message rds = Message.of(Rds.TYPE)
                .with(Rds.CONFIG_SOURCE, Messages.ADS)
                .with(Rds.ROUTE_CONFIG_NAME, Integer.toString(port));
        return filter(
                HTTP,
                connection("outbound_0.0.0.0_" + port + ";", filters, mesh).with(HttpConnectionManager.RDS, rds));
    }

    /** What comes from outside: the caller's address is the connection's, and what it says about certificates is not believed. */
    static Message gatewayHttp(String listener, String routes, List<Message> filters, Listening mesh) {
        Message rds = Message.of(Rds.TYPE).with(Rds.CONFIG_SOURCE, Messages.ADS).with(Rds.ROUTE_CONFIG_NAME, routes);
        return filter(
                HTTP,
                connection("outbound_" + listener + ";", filters, mesh)
                        .with(HttpConnectionManager.RDS, rds)
                        .with(HttpConnectionManager.SERVER_NAME, "istio-envoy")
                        .with(HttpConnectionManager.USE_REMOTE_ADDRESS, true)
                        .with(HttpConnectionManager.XFF_NUM_TRUSTED_HOPS, (long)
                                mesh.gateways().trustedProxies())
                        .with(HttpConnectionManager.FORWARD_CLIENT_CERT_DETAILS, clientCertificates(mesh))
                        .with(
                                HttpConnectionManager.SET_CURRENT_CLIENT_CERT_DETAILS,
                                Message.of(SetCurrentClientCertDetails.TYPE)
                                        .with(SetCurrentClientCertDetails.SUBJECT, true)
                                        .with(SetCurrentClientCertDetails.CERT, true)
                                        .with(SetCurrentClientCertDetails.DNS, true)
                                        .with(SetCurrentClientCertDetails.URI, true)));
    }

    static Message inboundHttp(String statPrefix, Message routes, List<Message> filters, Listening mesh) {
        return filter(
                HTTP,
                connection(statPrefix, filters, mesh)
                        .with(HttpConnectionManager.ROUTE_CONFIG, routes)
                        .with(HttpConnectionManager.SERVER_NAME, "istio-envoy")
                        .with(
                                HttpConnectionManager.FORWARD_CLIENT_CERT_DETAILS,
                                ForwardClientCertDetails.APPEND_FORWARD)
                        .with(
                                HttpConnectionManager.SET_CURRENT_CLIENT_CERT_DETAILS,
                                Message.of(SetCurrentClientCertDetails.TYPE)
                                        .with(SetCurrentClientCertDetails.SUBJECT, true)
                                        .with(SetCurrentClientCertDetails.DNS, true)
                                        .with(SetCurrentClientCertDetails.URI, true)));
    }

    static Message tcp(String cluster, Listening mesh) {
        return filter(
                "envoy.filters.network.tcp_proxy",
                Message.of(TcpProxy.TYPE)
                        .with(TcpProxy.STAT_PREFIX, cluster)
                        .with(TcpProxy.CLUSTER, cluster)
                        .with(TcpProxy.ACCESS_LOG, AccessLogTranslation.of(mesh.accessLog())));
    }

    private static ForwardClientCertDetails clientCertificates(Listening mesh) {
        return mesh.gateways()
                .clientCertificates()
                .filter(written -> written != ClientCertificates.UNDEFINED)
                .map(written -> ForwardClientCertDetails.valueOf(written.name()))
                .orElse(ForwardClientCertDetails.SANITIZE_SET);
    }

    static Message filter(String name, Message config) {
        return Message.of(Filter.TYPE).with(Filter.NAME, name).with(Filter.TYPED_CONFIG, Any.pack(config));
    }

    static Message listenerFilter(String name, Message config) {
        return Message.of(ListenerFilter.TYPE)
                .with(ListenerFilter.NAME, name)
                .with(ListenerFilter.TYPED_CONFIG, Any.pack(config));
    }

    private static Message connection(String statPrefix, List<Message> filters, Listening mesh) {
        PathNormalization paths = mesh.pathNormalization();
        boolean decoded = paths == PathNormalization.DECODE_AND_MERGE_SLASHES;
        return Message.of(HttpConnectionManager.TYPE)
                .with(HttpConnectionManager.STAT_PREFIX, statPrefix)
                .with(HttpConnectionManager.HTTP_FILTERS, filters)
                .with(HttpConnectionManager.USE_REMOTE_ADDRESS, false)
                .with(HttpConnectionManager.PROXY_100_CONTINUE, true)
                .with(
                        HttpConnectionManager.UPGRADE_CONFIGS,
                        List.of(Message.of(UpgradeConfig.TYPE).with(UpgradeConfig.UPGRADE_TYPE, "websocket")))
                .with(HttpConnectionManager.STREAM_IDLE_TIMEOUT, Duration.ZERO)
                .with(HttpConnectionManager.ACCESS_LOG, AccessLogTranslation.of(mesh.accessLog()))
                .with(HttpConnectionManager.NORMALIZE_PATH, paths != PathNormalization.NONE)
                .with(HttpConnectionManager.MERGE_SLASHES, decoded || paths == PathNormalization.MERGE_SLASHES)
                .with(
                        HttpConnectionManager.PATH_WITH_ESCAPED_SLASHES_ACTION,
                        decoded
                                ? PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD
                                : PathWithEscapedSlashesAction.KEEP_UNCHANGED);
    }
}

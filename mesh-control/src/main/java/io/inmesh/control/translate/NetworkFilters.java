package io.inmesh.control.translate;

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

    static Message outboundHttp(int port, List<Message> filters) {
        Message rds = Message.of(Rds.TYPE)
                .with(Rds.CONFIG_SOURCE, Messages.ADS)
                .with(Rds.ROUTE_CONFIG_NAME, Integer.toString(port));
        return filter(
                HTTP, connection("outbound_0.0.0.0_" + port + ";", filters).with(HttpConnectionManager.RDS, rds));
    }

    /** What comes from outside: the caller's address is the connection's, and what it says about certificates is not believed. */
    static Message gatewayHttp(String listener, String routes, List<Message> filters) {
        Message rds = Message.of(Rds.TYPE).with(Rds.CONFIG_SOURCE, Messages.ADS).with(Rds.ROUTE_CONFIG_NAME, routes);
        return filter(
                HTTP,
                connection("outbound_" + listener + ";", filters)
                        .with(HttpConnectionManager.RDS, rds)
                        .with(HttpConnectionManager.SERVER_NAME, "istio-envoy")
                        .with(HttpConnectionManager.USE_REMOTE_ADDRESS, true)
                        .with(HttpConnectionManager.FORWARD_CLIENT_CERT_DETAILS, ForwardClientCertDetails.SANITIZE_SET)
                        .with(
                                HttpConnectionManager.SET_CURRENT_CLIENT_CERT_DETAILS,
                                Message.of(SetCurrentClientCertDetails.TYPE)
                                        .with(SetCurrentClientCertDetails.SUBJECT, true)
                                        .with(SetCurrentClientCertDetails.CERT, true)
                                        .with(SetCurrentClientCertDetails.DNS, true)
                                        .with(SetCurrentClientCertDetails.URI, true)));
    }

    static Message inboundHttp(String statPrefix, Message routes, List<Message> filters) {
        return filter(
                HTTP,
                connection(statPrefix, filters)
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

    static Message tcp(String cluster) {
        return filter(
                "envoy.filters.network.tcp_proxy",
                Message.of(TcpProxy.TYPE).with(TcpProxy.STAT_PREFIX, cluster).with(TcpProxy.CLUSTER, cluster));
    }

    static Message filter(String name, Message config) {
        return Message.of(Filter.TYPE).with(Filter.NAME, name).with(Filter.TYPED_CONFIG, Any.pack(config));
    }

    static Message listenerFilter(String name, Message config) {
        return Message.of(ListenerFilter.TYPE)
                .with(ListenerFilter.NAME, name)
                .with(ListenerFilter.TYPED_CONFIG, Any.pack(config));
    }

    private static Message connection(String statPrefix, List<Message> filters) {
        return Message.of(HttpConnectionManager.TYPE)
                .with(HttpConnectionManager.STAT_PREFIX, statPrefix)
                .with(HttpConnectionManager.HTTP_FILTERS, filters)
                .with(HttpConnectionManager.USE_REMOTE_ADDRESS, false)
                .with(HttpConnectionManager.PROXY_100_CONTINUE, true)
                .with(
                        HttpConnectionManager.UPGRADE_CONFIGS,
                        List.of(Message.of(UpgradeConfig.TYPE).with(UpgradeConfig.UPGRADE_TYPE, "websocket")))
                .with(HttpConnectionManager.STREAM_IDLE_TIMEOUT, Duration.ZERO)
                .with(HttpConnectionManager.NORMALIZE_PATH, true)
                .with(
                        HttpConnectionManager.PATH_WITH_ESCAPED_SLASHES_ACTION,
                        PathWithEscapedSlashesAction.KEEP_UNCHANGED);
    }
}

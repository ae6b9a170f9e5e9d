package io.inmesh.control.translate;

import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.DiscoveryType;
import io.inmesh.xds.envoy.Clusters.HttpProtocolOptions;
import io.inmesh.xds.envoy.Clusters.LbPolicy;
import io.inmesh.xds.envoy.Clusters.UseDownstreamHttpConfig;
import io.inmesh.xds.envoy.CoreAddress.BindConfig;
import io.inmesh.xds.envoy.CoreAddress.SocketAddress;
import io.inmesh.xds.envoy.CoreProtocol;
import io.inmesh.xds.envoy.CoreProtocol.Http1ProtocolOptions;
import io.inmesh.xds.envoy.CoreProtocol.Http2ProtocolOptions;
import io.inmesh.xds.envoy.Resilience.CircuitBreakers;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The clusters that no service is behind: to an address as it was called, to nowhere, and to the workload itself. */
final class FixedClusters {

    private static final Message UNLIMITED = Message.of(CircuitBreakers.TYPE)
            .with(CircuitBreakers.THRESHOLDS, List.of(ConnectionPoolTranslation.unlimited()));
    private static final Message AS_CALLED = Message.of(HttpProtocolOptions.TYPE)
            .with(
                    HttpProtocolOptions.COMMON_HTTP_PROTOCOL_OPTIONS,
                    Message.of(CoreProtocol.HttpProtocolOptions.TYPE)
                            .with(CoreProtocol.HttpProtocolOptions.IDLE_TIMEOUT, Duration.ofMinutes(5)))
            .with(
                    HttpProtocolOptions.USE_DOWNSTREAM_PROTOCOL_CONFIG,
                    Message.of(UseDownstreamHttpConfig.TYPE)
                            .with(UseDownstreamHttpConfig.HTTP_PROTOCOL_OPTIONS, Message.of(Http1ProtocolOptions.TYPE))
                            .with(
                                    UseDownstreamHttpConfig.HTTP2_PROTOCOL_OPTIONS,
                                    Message.of(Http2ProtocolOptions.TYPE)));
    private static final Map<String, Message> OPTIONS =
            Map.of("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", Any.pack(AS_CALLED));

    private FixedClusters() {}

    static Message blackHole(MeshSettings settings) {
        return Message.of(Cluster.TYPE)
                .with(Cluster.NAME, XdsNames.BLACK_HOLE)
                .with(Cluster.DISCOVERY_TYPE, DiscoveryType.STATIC)
                .with(Cluster.CONNECT_TIMEOUT, settings.calls().connectTimeout())
                .with(Cluster.ALT_STAT_NAME, XdsNames.BLACK_HOLE + ";");
    }

    static Message passthrough(MeshSettings settings) {
        return originalDestination(XdsNames.PASSTHROUGH, settings)
                .with(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, OPTIONS);
    }

    static Message inboundPassthrough(MeshSettings settings) {
        return originalDestination(XdsNames.INBOUND_PASSTHROUGH, settings)
                .with(Cluster.UPSTREAM_BIND_CONFIG, notAgainThroughTheProxy())
                .with(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, OPTIONS);
    }

    static Message inbound(PushContext.Inbound inbound, MeshSettings settings) {
        MeshService service = inbound.service();
        Map<String, ?> istio = Map.of(
                "services",
                List.of(Map.of("host", service.host(), "name", service.name(), "namespace", service.namespace())));
        Message cluster = originalDestination(XdsNames.inboundCluster(inbound.port()), settings)
                .with(Cluster.UPSTREAM_BIND_CONFIG, notAgainThroughTheProxy())
                .with(Cluster.METADATA, Provenance.metadata(istio, Map.of()));
        return switch (inbound.protocol()) {
            case HTTP, TCP -> cluster;
            case HTTP2, UNKNOWN -> cluster.with(Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS, OPTIONS);
        };
    }

    private static Message originalDestination(String name, MeshSettings settings) {
        return Message.of(Cluster.TYPE)
                .with(Cluster.NAME, name)
                .with(Cluster.DISCOVERY_TYPE, DiscoveryType.ORIGINAL_DST)
                .with(Cluster.LB_POLICY, LbPolicy.CLUSTER_PROVIDED)
                .with(Cluster.CONNECT_TIMEOUT, settings.calls().connectTimeout())
                .with(Cluster.CIRCUIT_BREAKERS, UNLIMITED)
                .with(Cluster.ALT_STAT_NAME, name + ";");
    }

    /** Istio's redirect rules leave connections from this address alone. */
    private static Message notAgainThroughTheProxy() {
        return Message.of(BindConfig.TYPE)
                .with(
                        BindConfig.SOURCE_ADDRESS,
                        Message.of(SocketAddress.TYPE)
                                .with(SocketAddress.ADDRESS, "127.0.0.6")
                                .with(SocketAddress.PORT_VALUE, 0L));
    }
}

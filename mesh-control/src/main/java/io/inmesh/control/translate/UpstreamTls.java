package io.inmesh.control.translate;

import io.inmesh.control.config.ClientTls;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.Protocol;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.TransportSocketMatch;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.List;
import java.util.Map;

/**
 * How a cluster's endpoints are called: by DestinationRule {@code tls}, or without one by automatic mTLS, where each endpoint says
 * whether it takes it. A server in PERMISSIVE chooses by the ALPN that it is offered; where Istio's filter does not choose it per
 * request, it stands here.
 */
final class UpstreamTls {

    private static final Map<Protocol, List<String>> ALPN = Map.of(
            Protocol.HTTP, List.of("istio-http/1.1", "istio", "http/1.1"),
            Protocol.UNKNOWN, List.of("istio-http/1.1", "istio", "http/1.1"),
            Protocol.HTTP2, List.of("istio-h2", "istio", "h2"),
            Protocol.TCP, List.of("istio-peer-exchange", "istio"));

    private UpstreamTls() {}

    /** A port of a service, as one cluster calls it. */
    record Upstream(MeshService service, int port, String subset, Protocol protocol, boolean http2) {}

    static Message on(
            Message cluster, PushContext context, Upstream upstream, EffectivePolicy policy, boolean istioFilters) {
        String host = upstream.service().host();
        if (policy.tls().isPresent()) {
            ClientTls tls = policy.tls().get();
            return switch (tls.mode()) {
                case DISABLE -> cluster;
                case SIMPLE, MUTUAL ->
                    cluster.with(Cluster.TRANSPORT_SOCKET, TlsContexts.originated(tls, host, upstream.http2()));
                case ISTIO_MUTUAL ->
                    cluster.with(Cluster.TRANSPORT_SOCKET, mutual(context, upstream, policy, istioFilters));
            };
        }
        if (upstream.service().external() || !context.settings().calls().automaticMtls()) {
            return cluster;
        }
        Message mutual = mutual(context, upstream, policy, istioFilters);
        if (cluster.has(Cluster.EDS_CLUSTER_CONFIG) || cluster.has(Cluster.LOAD_ASSIGNMENT)) {
            return cluster.with(
                    Cluster.TRANSPORT_SOCKET_MATCHES,
                    List.of(
                            match("tlsMode-istio", Map.of("tlsMode", "istio"), mutual),
                            match("tlsMode-disabled", Map.of(), TlsContexts.PLAINTEXT)));
        }
        // Whose address is not known here is called as all endpoints can be called.
        return allAccept(context, upstream) ? cluster.with(Cluster.TRANSPORT_SOCKET, mutual) : cluster;
    }

    private static boolean allAccept(PushContext context, Upstream upstream) {
        List<MeshEndpoint> endpoints = context.endpoints(upstream.service().host(), upstream.port());
        return !endpoints.isEmpty() && endpoints.stream().allMatch(MeshEndpoint::mtls);
    }

    private static Message mutual(
            PushContext context, Upstream upstream, EffectivePolicy policy, boolean istioFilters) {
        String host = upstream.service().host();
        String name = policy.tls()
                .flatMap(ClientTls::sni)
                .orElseGet(() -> XdsNames.serverName(upstream.port(), upstream.subset(), host));
        List<String> written = policy.tls().map(ClientTls::subjectAltNames).orElse(List.of());
        List<String> names = written.isEmpty() ? context.subjectAltNames(upstream.service()) : written;
        return TlsContexts.mutual(name, names, alpn(upstream, istioFilters));
    }

    private static List<String> alpn(Upstream upstream, boolean istioFilters) {
        if (istioFilters) {
            return upstream.http2()
                    ? List.of("istio-peer-exchange", "istio", "h2")
                    : List.of("istio-peer-exchange", "istio");
        }
        Protocol protocol = upstream.http2() ? Protocol.HTTP2 : upstream.protocol();
        return ALPN.getOrDefault(protocol, List.of());
    }

    private static Message match(String name, Map<String, String> labels, Message socket) {
        return Message.of(TransportSocketMatch.TYPE)
                .with(TransportSocketMatch.NAME, name)
                .with(TransportSocketMatch.MATCH, Struct.of(labels))
                .with(TransportSocketMatch.TRANSPORT_SOCKET, socket);
    }
}

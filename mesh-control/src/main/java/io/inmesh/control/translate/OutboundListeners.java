package io.inmesh.control.translate;

import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.ServicePort;
import io.inmesh.control.state.MeshSettings.Listening;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.FilterChainMatch;
import io.inmesh.xds.envoy.Listeners.HttpInspector;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Listeners.TrafficDirection;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One listener per HTTP port, one per address and port of other services, and the one that catches the rest. */
final class OutboundListeners {

    private static final String ANY = "0.0.0.0";

    private OutboundListeners() {}

    static List<Message> of(PushContext context, Scopes.Outbound client) {
        Map<String, Message> listeners = new LinkedHashMap<>();
        Listening mesh = context.settings().listeners();
        String unknown = client.allowAny(context) ? XdsNames.PASSTHROUGH : XdsNames.BLACK_HOLE;
        for (int port : RouteTables.ports(context, client)) {
            Message listener = http(port, unknown, client.istioFilters(), mesh);
            listeners.put(listener.get(Listener.NAME), listener);
        }
        for (MeshService service : client.services(context)) {
            for (ServicePort port : service.ports()) {
                if (!port.protocol().http()) {
                    addTcp(listeners, service, port, mesh);
                }
            }
        }
        listeners.put("virtualOutbound", catchAll(unknown, mesh));
        return List.copyOf(listeners.values());
    }

    private static Message http(int port, String unknown, boolean istioFilters, Listening mesh) {
        Message chain = Message.of(FilterChain.TYPE)
                .with(
                        FilterChain.FILTER_CHAIN_MATCH,
                        Message.of(FilterChainMatch.TYPE)
                                .with(FilterChainMatch.TRANSPORT_PROTOCOL, "raw_buffer")
                                .with(FilterChainMatch.APPLICATION_PROTOCOLS, List.of("http/1.1", "h2c")))
                .with(
                        FilterChain.FILTERS,
                        List.of(NetworkFilters.outboundHttp(port, HttpFilters.outbound(istioFilters), mesh)))
                .with(FilterChain.TRANSPORT_SOCKET_CONNECT_TIMEOUT, Duration.ofSeconds(15));
        Message other = Message.of(FilterChain.TYPE)
                .with(FilterChain.NAME, "PassthroughFilterChain")
                .with(FilterChain.FILTERS, List.of(NetworkFilters.tcp(unknown, mesh)));
        return listener(ANY, port)
                .with(Listener.FILTER_CHAINS, List.of(chain))
                .with(Listener.DEFAULT_FILTER_CHAIN, other)
                .with(
                        Listener.LISTENER_FILTERS,
                        List.of(NetworkFilters.listenerFilter(
                                "envoy.filters.listener.http_inspector", Message.of(HttpInspector.TYPE))))
                .with(Listener.LISTENER_FILTERS_TIMEOUT, Duration.ZERO)
                .with(Listener.CONTINUE_ON_LISTENER_FILTERS_TIMEOUT, true);
    }

    /** Without an address of its own such a service can only be told by its port, which it must then have alone. */
    private static void addTcp(Map<String, Message> listeners, MeshService service, ServicePort port, Listening mesh) {
        List<String> addresses = service.addresses().isEmpty() ? List.of(ANY) : service.addresses();
        for (String address : addresses) {
            if (address.indexOf('/') < 0) {
                String cluster = XdsNames.outboundCluster(port.number(), "", service.host());
                Message chain = Message.of(FilterChain.TYPE)
                        .with(FilterChain.FILTERS, List.of(NetworkFilters.tcp(cluster, mesh)));
                Message listener = listener(address, port.number()).with(Listener.FILTER_CHAINS, List.of(chain));
                listeners.putIfAbsent(listener.get(Listener.NAME), listener);
            }
        }
    }

    private static Message listener(String address, int port) {
        return Message.of(Listener.TYPE)
                .with(Listener.NAME, address + "_" + port)
                .with(Listener.ADDRESS, Messages.address(address, port))
                .with(Listener.TRAFFIC_DIRECTION, TrafficDirection.OUTBOUND)
                .with(Listener.BIND_TO_PORT, false);
    }

    private static Message catchAll(String unknown, Listening mesh) {
        Message loop = Message.of(FilterChain.TYPE)
                .with(FilterChain.NAME, "virtualOutbound-blackhole")
                .with(
                        FilterChain.FILTER_CHAIN_MATCH,
                        Message.of(FilterChainMatch.TYPE).with(FilterChainMatch.DESTINATION_PORT, 15_001L))
                .with(FilterChain.FILTERS, List.of(NetworkFilters.tcp(XdsNames.BLACK_HOLE, mesh)));
        Message rest = Message.of(FilterChain.TYPE)
                .with(FilterChain.NAME, "virtualOutbound-catchall-tcp")
                .with(FilterChain.FILTERS, List.of(NetworkFilters.tcp(unknown, mesh)));
        return Message.of(Listener.TYPE)
                .with(Listener.NAME, "virtualOutbound")
                .with(Listener.ADDRESS, Messages.address(ANY, 15_001))
                .with(Listener.USE_ORIGINAL_DST, true)
                .with(Listener.TRAFFIC_DIRECTION, TrafficDirection.OUTBOUND)
                .with(Listener.FILTER_CHAINS, List.of(loop, rest));
    }
}

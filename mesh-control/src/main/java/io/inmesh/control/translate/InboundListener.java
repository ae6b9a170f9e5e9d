package io.inmesh.control.translate;

import io.inmesh.control.config.PeerAuthentication.Mode;
import io.inmesh.control.state.MeshSettings.Listening;
import io.inmesh.control.state.Protocol;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.FilterChainMatch;
import io.inmesh.xds.envoy.Listeners.HttpInspector;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Listeners.OriginalDst;
import io.inmesh.xds.envoy.Listeners.TlsInspector;
import io.inmesh.xds.envoy.Listeners.TrafficDirection;
import io.inmesh.xds.envoy.RetryPolicies.RetryPolicy;
import io.inmesh.xds.envoy.RouteActions.MaxStreamDuration;
import io.inmesh.xds.envoy.RouteActions.RouteAction;
import io.inmesh.xds.envoy.Routes.Decorator;
import io.inmesh.xds.envoy.Routes.Route;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The one listener of what a workload serves: PeerAuthentication's mode of each port, then authorization, then the port. */
final class InboundListener {

    private static final int PORT = 15_006;

    private final PushContext context;
    private final Scopes.Inbound server;
    private final AuthorizationFilters authorization;
    private final InboundChains chains;
    private final Listening mesh;

    private InboundListener(PushContext context, Scopes.Inbound server) {
        this.context = context;
        this.server = server;
        this.authorization = new AuthorizationFilters(context, server);
        this.mesh = context.settings().listeners();
        this.chains = new InboundChains(context.settings());
    }

    static Message of(PushContext context, Scopes.Inbound server) {
        return new InboundListener(context, server).listener();
    }

    private Message listener() {
        List<Message> all = new ArrayList<>();
        all.add(Message.of(FilterChain.TYPE)
                .with(FilterChain.NAME, "virtualInbound-blackhole")
                .with(
                        FilterChain.FILTER_CHAIN_MATCH,
                        Message.of(FilterChainMatch.TYPE).with(FilterChainMatch.DESTINATION_PORT, (long) PORT))
                .with(FilterChain.FILTERS, List.of(NetworkFilters.tcp(XdsNames.BLACK_HOLE, mesh))));
        Mode mode = context.peerAuthentications().mode(server.namespace(), server.labels());
        all.addAll(chains.ofUnknownProtocol(mode, catchAll()));
        for (PushContext.Inbound inbound : server.ports()) {
            Mode own = context.peerAuthentications().mode(server.namespace(), server.labels(), inbound.port());
            all.addAll(chains.ofPort(own, inbound.protocol(), ofPort(inbound)));
        }
        for (int port : namedPortsWithoutService()) {
            Mode own = context.peerAuthentications().mode(server.namespace(), server.labels(), port);
            all.addAll(chains.ofPort(own, Protocol.UNKNOWN, catchAll().on(port)));
        }
        return Message.of(Listener.TYPE)
                .with(Listener.NAME, "virtualInbound")
                .with(Listener.ADDRESS, Messages.address("0.0.0.0", PORT))
                .with(Listener.TRAFFIC_DIRECTION, TrafficDirection.INBOUND)
                .with(Listener.FILTER_CHAINS, all)
                .with(Listener.LISTENER_FILTERS, inspectors())
                .with(Listener.LISTENER_FILTERS_TIMEOUT, Duration.ZERO)
                .with(Listener.CONTINUE_ON_LISTENER_FILTERS_TIMEOUT, true);
    }

    private static List<Message> inspectors() {
        return List.of(
                NetworkFilters.listenerFilter("envoy.filters.listener.original_dst", Message.of(OriginalDst.TYPE)),
                NetworkFilters.listenerFilter("envoy.filters.listener.tls_inspector", Message.of(TlsInspector.TYPE)),
                NetworkFilters.listenerFilter("envoy.filters.listener.http_inspector", Message.of(HttpInspector.TYPE)));
    }

    /** A policy may name a port that no service leads to; it holds there all the same. */
    private Set<Integer> namedPortsWithoutService() {
        Set<Integer> ports =
                new LinkedHashSet<>(context.peerAuthentications().namedPorts(server.namespace(), server.labels()));
        server.ports().forEach(inbound -> ports.remove(inbound.port()));
        return ports;
    }

    private InboundChains.Target catchAll() {
        return target(
                0,
                "virtualInbound",
                XdsNames.INBOUND_PASSTHROUGH,
                "inbound|http|0",
                ":0/*",
                "InboundPassthroughCluster;");
    }

    private InboundChains.Target ofPort(PushContext.Inbound inbound) {
        String called = inbound.service().host() + ":" + inbound.servicePort() + "/*";
        return target(
                inbound.port(),
                "0.0.0.0_" + inbound.port(),
                XdsNames.inboundCluster(inbound.port()),
                "inbound|http|" + inbound.servicePort(),
                called,
                "inbound_0.0.0.0_" + inbound.port() + ";");
    }

    private InboundChains.Target target(
            int port, String name, String cluster, String virtualHost, String operation, String statPrefix) {
        Message routes = routes(cluster, virtualHost, operation);
        List<Message> http = HttpFilters.inbound(server.istioFilters(), authorization.http());
        List<Message> tcp = new ArrayList<>(authorization.network());
        tcp.add(NetworkFilters.tcp(cluster, mesh));
        return new InboundChains.Target(
                port, name, List.of(NetworkFilters.inboundHttp(statPrefix, routes, http, mesh)), tcp);
    }

    private static Message routes(String cluster, String virtualHost, String operation) {
        Message retry = Message.of(RetryPolicy.TYPE)
                .with(RetryPolicy.RETRY_ON, "reset-before-request")
                .with(RetryPolicy.NUM_RETRIES, 2L);
        Message action = Message.of(RouteAction.TYPE)
                .with(RouteAction.CLUSTER, cluster)
                .with(RouteAction.TIMEOUT, Duration.ZERO)
                .with(RouteAction.RETRY_POLICY, retry)
                .with(
                        RouteAction.MAX_STREAM_DURATION,
                        Message.of(MaxStreamDuration.TYPE)
                                .with(MaxStreamDuration.MAX_STREAM_DURATION, Duration.ZERO)
                                .with(MaxStreamDuration.GRPC_TIMEOUT_HEADER_MAX, Duration.ZERO));
        Message route = Message.of(Route.TYPE)
                .with(Route.NAME, "default")
                .with(Route.MATCH, RouteMatches.ALL)
                .with(Route.DECORATOR, Message.of(Decorator.TYPE).with(Decorator.OPERATION, operation))
                .with(Route.ROUTE, action);
        return Message.of(RouteConfiguration.TYPE)
                .with(RouteConfiguration.NAME, cluster)
                .with(RouteConfiguration.VALIDATE_CLUSTERS, false)
                .with(
                        RouteConfiguration.VIRTUAL_HOSTS,
                        List.of(Message.of(VirtualHost.TYPE)
                                .with(VirtualHost.NAME, virtualHost)
                                .with(VirtualHost.DOMAINS, List.of("*"))
                                .with(VirtualHost.ROUTES, List.of(route))));
    }
}

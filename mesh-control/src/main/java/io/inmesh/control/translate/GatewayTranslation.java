package io.inmesh.control.translate;

import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.TlsSecret;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.translate.GatewayServers.Bound;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.FilterChainMatch;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.envoy.Listeners.TlsInspector;
import io.inmesh.xds.envoy.Listeners.TrafficDirection;
import io.inmesh.xds.envoy.Routes.TlsRequirementType;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gateway and the VirtualServices bound to it, for a workload of type {@code router}: listeners, routes, certificates. */
final class GatewayTranslation {

    static final String SECRET = "kubernetes://";
    static final String AUTHORITIES = "-cacert";

    private final PushContext context;
    private final Scopes.Gateway scope;
    private final GatewayServers servers;

    GatewayTranslation(PushContext context, Scopes.Gateway scope) {
        this.context = context;
        this.scope = scope;
        this.servers = new GatewayServers(context, scope);
    }

    /** A port whose servers have no chain at all, such as TLS that is led on to nowhere, is not listened on. */
    List<Message> listeners() {
        List<Message> listeners = new ArrayList<>();
        servers.byListener().forEach((name, bound) -> {
            List<Message> chains = chains(bound);
            if (!chains.isEmpty()) {
                boolean tls =
                        bound.stream().anyMatch(each -> each.server().tls().isPresent());
                listeners.add(Message.of(Listener.TYPE)
                        .with(Listener.NAME, name)
                        .with(
                                Listener.ADDRESS,
                                Messages.address(
                                        bound.get(0).address(), bound.get(0).port()))
                        .with(Listener.TRAFFIC_DIRECTION, TrafficDirection.OUTBOUND)
                        .with(
                                Listener.LISTENER_FILTERS,
                                tls
                                        ? List.of(NetworkFilters.listenerFilter(
                                                "envoy.filters.listener.tls_inspector", Message.of(TlsInspector.TYPE)))
                                        : List.of())
                        .with(Listener.FILTER_CHAINS, chains));
            }
        });
        return listeners;
    }

    /** Envoy refuses a listener in which two chains match the same: the older server keeps its name. */
    private List<Message> chains(List<Bound> bound) {
        List<Message> chains = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        boolean plain = false;
        for (Bound each : bound) {
            if (each.server().plainHttp() && !plain) {
                plain = true;
                chains.add(http(each));
            } else if (each.server().https()) {
                List<String> names = each.hosts().stream().filter(taken::add).toList();
                if (!names.isEmpty()) {
                    chains.add(http(each)
                            .with(FilterChain.FILTER_CHAIN_MATCH, named(names))
                            .with(FilterChain.TRANSPORT_SOCKET, transport(each)));
                }
            }
        }
        return chains;
    }

    private Message http(Bound bound) {
        return Message.of(FilterChain.TYPE)
                .with(
                        FilterChain.FILTERS,
                        List.of(NetworkFilters.gatewayHttp(
                                bound.address() + "_" + bound.port(),
                                bound.routeName(),
                                filters(),
                                context.settings().listeners())))
                .with(FilterChain.TRANSPORT_SOCKET_CONNECT_TIMEOUT, Duration.ofSeconds(15));
    }

    /** Policies that select the gateway hold for what comes through it. */
    private List<Message> filters() {
        List<Message> filters = new ArrayList<>(new AuthorizationFilters(context, scope.server()).http());
        filters.addAll(HttpFilters.outbound(scope.calls().istioFilters()));
        return filters;
    }

    private static Message named(List<String> names) {
        return Message.of(FilterChainMatch.TYPE)
                .with(FilterChainMatch.SERVER_NAMES, names.contains("*") ? List.of() : names);
    }

    private Message transport(Bound bound) {
        Gateway.Tls tls = bound.server().tls().orElseThrow();
        return tls.mode() == Gateway.TlsMode.ISTIO_MUTUAL
                ? TlsContexts.server(context.settings(), List.of("h2", "http/1.1"))
                : TlsContexts.terminated(
                        SECRET + tls.credentialName(),
                        tls.mode() == Gateway.TlsMode.SIMPLE
                                ? Optional.empty()
                                : Optional.of(SECRET + tls.credentialName() + AUTHORITIES),
                        tls.mode() == Gateway.TlsMode.MUTUAL);
    }

    /** One for all plain servers of a port, one for each that ends TLS. */
    List<Message> routes() {
        Map<String, Map<String, Message>> tables = new LinkedHashMap<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        servers.byListener().values().forEach(all -> all.stream()
                .filter(bound -> bound.server().plainHttp() || bound.server().https())
                .forEach(bound -> {
                    ports.putIfAbsent(bound.routeName(), bound.server().port());
                    hosts(bound, tables.computeIfAbsent(bound.routeName(), unknown -> new LinkedHashMap<>()));
                }));
        List<Message> routes = new ArrayList<>();
        tables.forEach((name, hosts) -> routes.add(RouteTables.table(
                name, hosts.isEmpty() ? List.of(nothing(ports.getOrDefault(name, 0))) : List.copyOf(hosts.values()))));
        return routes;
    }

    /** A host that several VirtualServices name has the routes of all, the oldest first. */
    private void hosts(Bound bound, Map<String, Message> hosts) {
        int port = bound.server().port();
        VirtualServiceRoutes routes = new VirtualServiceRoutes(
                context,
                scope.calls(),
                port,
                Set.of(bound.gatewayName()),
                scope.server().labels());
        servers.virtualServices(bound).forEach((VirtualService virtual, Set<String> names) -> {
            List<Message> some = routes.of(virtual);
            for (String name : names) {
                Message before = hosts.getOrDefault(
                        name,
                        Message.of(VirtualHost.TYPE)
                                .with(VirtualHost.NAME, name + ":" + port)
                                .with(VirtualHost.DOMAINS, List.of(name))
                                .with(VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT, true));
                List<Message> all = new ArrayList<>(before.get(VirtualHost.ROUTES));
                all.addAll(some);
                hosts.put(name, before.with(VirtualHost.ROUTES, all));
            }
        });
        if (bound.server().httpsRedirect()) {
            redirect(bound, hosts);
        }
    }

    private static void redirect(Bound bound, Map<String, Message> hosts) {
        for (String name : bound.hosts()) {
            hosts.putIfAbsent(
                    name,
                    Message.of(VirtualHost.TYPE)
                            .with(VirtualHost.NAME, name + ":" + bound.server().port())
                            .with(VirtualHost.DOMAINS, List.of(name)));
        }
        hosts.replaceAll((name, host) -> bound.hosts().stream().anyMatch(pattern -> Hosts.matches(pattern, name))
                ? host.with(VirtualHost.REQUIRE_TLS, TlsRequirementType.ALL)
                : host);
    }

    private static Message nothing(int port) {
        return Message.of(VirtualHost.TYPE)
                .with(VirtualHost.NAME, "blackhole:" + port)
                .with(VirtualHost.DOMAINS, List.of("*"));
    }

    /** The certificates that the gateway's servers name, from Secrets of the workload's own namespace only. */
    List<Message> secrets() {
        Set<String> credentials = new LinkedHashSet<>();
        servers.byListener()
                .values()
                .forEach(all -> all.forEach(bound -> bound.server()
                        .tls()
                        .map(Gateway.Tls::credentialName)
                        .filter(name -> !name.isEmpty())
                        .ifPresent(credentials::add)));
        List<Message> secrets = new ArrayList<>();
        for (String name : credentials) {
            context.secret(scope.calls().namespace(), name).ifPresent(secret -> secrets.addAll(of(name, secret)));
        }
        return secrets;
    }

    private static List<Message> of(String name, TlsSecret secret) {
        List<Message> some = new ArrayList<>();
        if (!secret.certificate().isEmpty() && !secret.privateKey().isEmpty()) {
            some.add(Message.of(Secret.TYPE)
                    .with(Secret.NAME, SECRET + name)
                    .with(
                            Secret.TLS_CERTIFICATE,
                            Message.of(TlsCertificate.TYPE)
                                    .with(TlsCertificate.CERTIFICATE_CHAIN, inline(secret.certificate()))
                                    .with(TlsCertificate.PRIVATE_KEY, inline(secret.privateKey()))));
        }
        if (!secret.authorities().isEmpty()) {
            some.add(Message.of(Secret.TYPE)
                    .with(Secret.NAME, SECRET + name + AUTHORITIES)
                    .with(
                            Secret.VALIDATION_CONTEXT,
                            Message.of(CertificateValidationContext.TYPE)
                                    .with(CertificateValidationContext.TRUSTED_CA, inline(secret.authorities()))));
        }
        return some;
    }

    private static Message inline(String pem) {
        return Message.of(DataSource.TYPE).with(DataSource.INLINE_STRING, pem);
    }
}

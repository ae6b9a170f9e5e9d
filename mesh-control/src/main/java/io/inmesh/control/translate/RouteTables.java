package io.inmesh.control.translate;

import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.RouteActions.DirectResponseAction;
import io.inmesh.xds.envoy.RouteActions.RouteAction;
import io.inmesh.xds.envoy.Routes.Decorator;
import io.inmesh.xds.envoy.Routes.Route;
import io.inmesh.xds.envoy.Routes.RouteConfiguration;
import io.inmesh.xds.envoy.Routes.VirtualHost;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The virtual hosts of one port: every HTTP service that has it, and on port 80 the hosts that only VirtualServices name. Each is made
 * by itself, so that an edit touches no other.
 */
final class RouteTables {

    static final int HTTP = 80;

    private final PushContext context;
    private final Scopes.Outbound client;
    private final int port;

    RouteTables(PushContext context, Scopes.Outbound client, int port) {
        this.context = context;
        this.client = client;
        this.port = port;
    }

    /** The ports, in order; the one for hosts that only a VirtualService names is among them if there is such a host. */
    static Set<Integer> ports(PushContext context, Scopes.Outbound client) {
        Set<Integer> ports = new TreeSet<>();
        for (MeshService service : client.services(context)) {
            service.ports().stream().filter(port -> port.protocol().http()).forEach(port -> ports.add(port.number()));
        }
        if (!virtualHosts(context, client).isEmpty()) {
            ports.add(HTTP);
        }
        return ports;
    }

    /** The hosts that have the port, in order; on port 80 those without a service come last, by the age of their VirtualServices. */
    List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        for (MeshService service : client.services(context)) {
            if (service.port(port).filter(found -> found.protocol().http()).isPresent()) {
                hosts.add(service.host());
            }
        }
        if (port == HTTP) {
            virtualHosts(context, client).stream()
                    .filter(host -> !host.equals("*"))
                    .forEach(hosts::add);
        }
        return List.copyOf(hosts);
    }

    /** The hosts of the VirtualServices that the caller follows. */
    private static List<String> virtualHosts(PushContext context, Scopes.Outbound client) {
        if (client.view().all()) {
            return context.virtualHostsVisibleFrom(client.namespace());
        }
        String domain = context.settings().clusterDomain();
        return context.virtualServicesVisibleFrom(client.namespace()).stream()
                .filter(virtual -> client.view().sees(virtual, domain))
                .flatMap(virtual -> virtual.hosts().stream()
                        .map(host -> Hosts.qualify(host, virtual.meta().namespace(), domain)))
                .distinct()
                .toList();
    }

    /** The virtual host of a service or of a VirtualService; empty if there is nothing to say about it here. */
    Optional<Message> virtualHost(String host) {
        VirtualServiceRoutes routes = new VirtualServiceRoutes(context, client, port);
        Optional<VirtualService> virtual = context.virtualService(client.namespace(), host)
                .filter(found -> client.view().sees(found, context.settings().clusterDomain()));
        List<Message> written = virtual.map(routes::of).orElse(List.of());
        Optional<MeshService> service = context.service(host)
                .filter(found ->
                        found.visibleFrom(client.namespace()) && client.view().sees(found))
                .filter(found ->
                        found.port(port).filter(own -> own.protocol().http()).isPresent());
        if (service.isPresent()) {
            return Optional.of(virtualHost(
                    host, domains(service.get()), written.isEmpty() ? List.of(defaultRoute(service.get())) : written));
        }
        boolean own = virtual.isPresent()
                && virtual.get().hosts().stream()
                        .anyMatch(each -> qualified(each, virtual.get()).equals(host));
        return port == HTTP && own && !written.isEmpty()
                ? Optional.of(virtualHost(host, List.of(host), written))
                : Optional.empty();
    }

    /** The table without its virtual hosts but for the one that takes calls to unknown hosts. */
    Message table() {
        return table(Integer.toString(port), List.of(unknownHosts()));
    }

    static Message table(String name, List<Message> virtualHosts) {
        return Message.of(RouteConfiguration.TYPE)
                .with(RouteConfiguration.NAME, name)
                .with(RouteConfiguration.VIRTUAL_HOSTS, virtualHosts)
                .with(RouteConfiguration.VALIDATE_CLUSTERS, false)
                .with(RouteConfiguration.MAX_DIRECT_RESPONSE_BODY_SIZE_BYTES, 1L << 20)
                .with(RouteConfiguration.IGNORE_PORT_IN_HOST_MATCHING, true);
    }

    private String qualified(String host, VirtualService virtual) {
        return Hosts.qualify(
                host, virtual.meta().namespace(), context.settings().clusterDomain());
    }

    /** The host and, for a Kubernetes service, the shorter names by which this client may call it. */
    private List<String> domains(MeshService service) {
        Set<String> domains = new LinkedHashSet<>(List.of(service.host(), service.host() + "."));
        if (service.kubernetes()) {
            String inNamespace = service.name() + "." + service.namespace();
            if (client.dnsDomain().startsWith(service.namespace() + ".svc.")) {
                domains.add(service.name());
            }
            domains.add(inNamespace + ".svc");
            domains.add(inNamespace);
        }
        if (service.kubernetes() && service.resolution() == Resolution.NONE) {
            // Names of single pods: web-0.web and so on.
            List.copyOf(domains).forEach(domain -> domains.add("*." + domain));
        }
        service.addresses().stream()
                .filter(address -> address.indexOf('/') < 0)
                .map(address -> address.indexOf(':') < 0 ? address : "[" + address + "]")
                .forEach(domains::add);
        return List.copyOf(domains);
    }

    private Message virtualHost(String host, List<String> domains, List<Message> routes) {
        return Message.of(VirtualHost.TYPE)
                .with(VirtualHost.NAME, host + ":" + port)
                .with(VirtualHost.DOMAINS, domains)
                .with(VirtualHost.ROUTES, routes)
                .with(VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT, true);
    }

    private Message defaultRoute(MeshService service) {
        List<Message> hashes = new HashPolicies(context, client).of(service.host(), port, "");
        return Message.of(Route.TYPE)
                .with(Route.NAME, "default")
                .with(Route.MATCH, RouteMatches.ALL)
                .with(
                        Route.DECORATOR,
                        Message.of(Decorator.TYPE).with(Decorator.OPERATION, service.host() + ":" + port + "/*"))
                .with(
                        Route.ROUTE,
                        Message.of(RouteAction.TYPE)
                                .with(RouteAction.CLUSTER, XdsNames.outboundCluster(port, "", service.host()))
                                .with(RouteAction.TIMEOUT, Duration.ZERO)
                                .with(RouteAction.MAX_GRPC_TIMEOUT, Duration.ZERO)
                                .with(RouteAction.HASH_POLICY, hashes)
                                .with(
                                        RouteAction.RETRY_POLICY,
                                        RetryTranslation.of(
                                                        context.settings()
                                                                .calls()
                                                                .retries(),
                                                        !hashes.isEmpty())
                                                .orElse(null)));
    }

    private Message unknownHosts() {
        boolean allowed = client.allowAny(context);
        String name = allowed ? "allow_any" : "block_all";
        Message route = Message.of(Route.TYPE).with(Route.NAME, name).with(Route.MATCH, RouteMatches.ALL);
        route = allowed
                ? route.with(
                        Route.ROUTE,
                        Message.of(RouteAction.TYPE)
                                .with(RouteAction.CLUSTER, XdsNames.PASSTHROUGH)
                                .with(RouteAction.TIMEOUT, Duration.ZERO)
                                .with(RouteAction.MAX_GRPC_TIMEOUT, Duration.ZERO))
                : route.with(
                        Route.DIRECT_RESPONSE,
                        Message.of(DirectResponseAction.TYPE).with(DirectResponseAction.STATUS, 502L));
        return Message.of(VirtualHost.TYPE)
                .with(VirtualHost.NAME, name)
                .with(VirtualHost.DOMAINS, List.of("*"))
                .with(VirtualHost.ROUTES, List.of(route))
                .with(VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT, true);
    }
}

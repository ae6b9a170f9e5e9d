package io.inmesh.control.translate;

import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.RouteActions.DirectResponseAction;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One RouteConfiguration per port that some HTTP service has, named by the port: every host that can be called there. */
final class RouteTables {

    private static final int HTTP = 80;

    private final PushContext context;
    private final Scopes.Outbound client;
    private final List<MeshService> services;
    private final List<VirtualService> virtuals;

    RouteTables(PushContext context, Scopes.Outbound client) {
        this.context = context;
        this.client = client;
        this.services = context.servicesVisibleFrom(client.namespace());
        this.virtuals = context.virtualServicesVisibleFrom(client.namespace());
    }

    /** The ports, in order; the one for hosts that only a VirtualService names is among them if there is such a host. */
    static Set<Integer> ports(PushContext context, Scopes.Outbound client) {
        Set<Integer> ports = new TreeSet<>();
        for (MeshService service : context.servicesVisibleFrom(client.namespace())) {
            service.ports().stream().filter(port -> port.protocol().http()).forEach(port -> ports.add(port.number()));
        }
        if (!context.virtualServicesVisibleFrom(client.namespace()).isEmpty()) {
            ports.add(HTTP);
        }
        return ports;
    }

    Message of(int port) {
        Set<String> taken = new LinkedHashSet<>();
        List<Message> hosts = new ArrayList<>();
        VirtualServiceRoutes routes = new VirtualServiceRoutes(context, client, port);
        for (MeshService service : services) {
            if (service.port(port).filter(found -> found.protocol().http()).isPresent()) {
                List<Message> written =
                        virtualFor(service.host()).map(routes::of).orElse(List.of());
                hosts.add(virtualHost(
                        service.host(),
                        port,
                        domains(service, taken),
                        written.isEmpty() ? List.of(defaultRoute(service, port)) : written));
            }
        }
        if (port == HTTP) {
            addHostsWithoutService(hosts, taken, routes);
        }
        hosts.add(unknownHosts());
        return Message.of(RouteConfiguration.TYPE)
                .with(RouteConfiguration.NAME, Integer.toString(port))
                .with(RouteConfiguration.VIRTUAL_HOSTS, hosts)
                .with(RouteConfiguration.VALIDATE_CLUSTERS, false)
                .with(RouteConfiguration.MAX_DIRECT_RESPONSE_BODY_SIZE_BYTES, 1L << 20)
                .with(RouteConfiguration.IGNORE_PORT_IN_HOST_MATCHING, true);
    }

    private void addHostsWithoutService(List<Message> hosts, Set<String> taken, VirtualServiceRoutes routes) {
        for (VirtualService virtual : virtuals) {
            for (String written : virtual.hosts()) {
                String host = qualified(written, virtual);
                if (!host.equals("*") && !taken.contains(host)) {
                    List<Message> some = routes.of(virtual);
                    if (!some.isEmpty() && taken.add(host)) {
                        hosts.add(virtualHost(host, HTTP, List.of(host), some));
                    }
                }
            }
        }
    }

    /** The oldest that names the host; else the oldest of the most specific wildcard. */
    private Optional<VirtualService> virtualFor(String host) {
        VirtualService best = null;
        int length = -1;
        for (VirtualService virtual : virtuals) {
            for (String written : virtual.hosts()) {
                String pattern = qualified(written, virtual);
                int specific = pattern.equals(host) ? Integer.MAX_VALUE : pattern.length();
                if (Hosts.matches(pattern, host) && specific > length) {
                    best = virtual;
                    length = specific;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private String qualified(String host, VirtualService virtual) {
        return Hosts.qualify(
                host, virtual.meta().namespace(), context.settings().clusterDomain());
    }

    /** The host and, for a Kubernetes service, the shorter names by which this client may call it; each domain only once. */
    private List<String> domains(MeshService service, Set<String> taken) {
        List<String> domains = new ArrayList<>(List.of(service.host(), service.host() + "."));
        if (service.kubernetes()) {
            String inNamespace = service.name() + "." + service.namespace();
            if (client.dnsDomain().startsWith(service.namespace() + ".svc.")) {
                domains.add(service.name());
            }
            domains.add(inNamespace + ".svc");
            domains.add(inNamespace);
        }
        service.addresses().stream()
                .filter(address -> address.indexOf('/') < 0)
                .map(address -> address.indexOf(':') < 0 ? address : "[" + address + "]")
                .forEach(domains::add);
        domains.removeIf(domain -> !taken.add(domain));
        return domains;
    }

    private static Message virtualHost(String host, int port, List<String> domains, List<Message> routes) {
        return Message.of(VirtualHost.TYPE)
                .with(VirtualHost.NAME, host + ":" + port)
                .with(VirtualHost.DOMAINS, domains)
                .with(VirtualHost.ROUTES, routes)
                .with(VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT, true);
    }

    private Message defaultRoute(MeshService service, int port) {
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
                                        RetryTranslation.of(Optional.empty(), !hashes.isEmpty())
                                                .orElse(null)));
    }

    private Message unknownHosts() {
        boolean allowed = context.settings().allowAny();
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

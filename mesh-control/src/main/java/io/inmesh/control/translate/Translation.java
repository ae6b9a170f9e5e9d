package io.inmesh.control.translate;

import io.inmesh.control.config.DestinationRule;
import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.MeshService;
import io.inmesh.control.state.MeshService.Resolution;
import io.inmesh.control.state.Proxy;
import io.inmesh.control.state.PushContext;
import io.inmesh.control.state.Workload;
import io.inmesh.xds.envoy.Routes.Vhds;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Istio's policies in, Envoy's resources out. Pure: the same context and scope give the same bytes. */
public final class Translation {

    private Translation() {}

    /** What the resources of a client's calls depend on. */
    public static Scopes.Outbound outboundScope(PushContext context, Proxy proxy) {
        boolean labelsCount =
                !context.virtualServicesWithSourceLabels(proxy.namespace()).isEmpty();
        Map<String, String> labels = labelsCount ? labelsOf(context, proxy) : Map.of();
        return new Scopes.Outbound(
                proxy.namespace(),
                proxy.dnsDomain(),
                proxy.istioFilters(),
                labels,
                Places.of(context, proxy),
                context.sidecarView(proxy.namespace(), labelsOf(context, proxy)),
                proxy.gateway());
    }

    /** What the resources of a client's served ports depend on. */
    public static Scopes.Inbound inboundScope(PushContext context, Proxy proxy) {
        List<PushContext.Inbound> ports =
                context.workloadOf(proxy).map(context::inboundOf).orElse(List.of());
        return new Scopes.Inbound(
                proxy.namespace(),
                labelsOf(context, proxy),
                proxy.istioFilters(),
                ports,
                LocalInstances.wanted(context, proxy));
    }

    /** The hosts that a client has clusters for, in order: those that it sees, and those that routes which it follows lead to. */
    public static List<String> hosts(PushContext context, Scopes.Outbound client) {
        List<String> seen =
                client.services(context).stream().map(MeshService::host).toList();
        if (client.view().all()) {
            return seen;
        }
        Set<String> all = new TreeSet<>(seen);
        String domain = context.settings().clusterDomain();
        for (VirtualService virtual : context.virtualServicesVisibleFrom(client.namespace())) {
            if (client.view().sees(virtual, domain)) {
                context.withDelegates(virtual).http().stream()
                        .flatMap(http -> http.destinations().stream())
                        .map(route -> Hosts.qualify(
                                route.destination().host(), virtual.meta().namespace(), domain))
                        .forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** What the clusters of a host depend on; empty if the client does not see it. */
    public static Optional<Scopes.Callee> callee(PushContext context, Scopes.Outbound client, String host) {
        return context.service(host)
                .filter(service -> service.visibleFrom(client.namespace()))
                .map(service -> {
                    Optional<DestinationRule> rule = context.destinationRule(client.namespace(), service);
                    LocalityBalancing mesh = context.settings().calls().locality();
                    return new Scopes.Callee(
                            host,
                            rule,
                            client.istioFilters(),
                            Places.narrowed(client.place(), rule, mesh),
                            client.gateway());
                });
    }

    /** The clusters of a host: of its ports and their subsets. */
    public static List<Message> clusters(PushContext context, Scopes.Callee callee) {
        return new OutboundClusters(context, callee).clusters();
    }

    /** The endpoints of a host's clusters. */
    public static List<Message> assignments(PushContext context, Scopes.Callee callee) {
        return new OutboundClusters(context, callee).assignments();
    }

    /** The clusters that every client has. */
    public static List<Message> fixedClusters(PushContext context) {
        return OutboundClusters.fixed(context.settings());
    }

    /** The ports that have a route configuration, which is named by its port. */
    public static Set<Integer> routePorts(PushContext context, Scopes.Outbound client) {
        return RouteTables.ports(context, client);
    }

    /** The hosts of a port's virtual hosts, in order; some may have none after all. */
    public static List<String> routeHosts(PushContext context, Scopes.Outbound client, int port) {
        return new RouteTables(context, client, port).hosts();
    }

    public static Optional<Message> virtualHost(PushContext context, Scopes.Outbound client, int port, String host) {
        return new RouteTables(context, client, port).virtualHost(host);
    }

    /** A port's route configuration with the virtual host for unknown hosts only. */
    public static Message routeTable(PushContext context, Scopes.Outbound client, int port) {
        return new RouteTables(context, client, port).table();
    }

    /** What a route configuration says whose virtual hosts are asked for one by one. */
    public static Message virtualHostsOnDemand() {
        return Message.of(Vhds.TYPE).with(Vhds.CONFIG_SOURCE, Messages.ADS);
    }

    /** The hosts whose virtual host may take calls to a domain, the most specific first. */
    public static List<String> hostsOfDomain(PushContext context, Scopes.Outbound client, String domain) {
        String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        List<String> hosts = new ArrayList<>(fullNames(context, client, name));
        hosts.addAll(context.hostsOfAddress(name));
        // A pod of a headless service is called by a name below the service's.
        fullNames(context, client, name.substring(name.indexOf('.') + 1)).stream()
                .filter(host -> context.service(host)
                        .filter(service -> service.kubernetes() && service.resolution() == Resolution.NONE)
                        .isPresent())
                .forEach(hosts::add);
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            hosts.add("*" + name.substring(dot));
        }
        return hosts;
    }

    private static List<String> fullNames(PushContext context, Scopes.Outbound client, String name) {
        String clusterDomain = ".svc." + context.settings().clusterDomain();
        if (name.endsWith(".svc")) {
            return List.of(name, name + clusterDomain.substring(4));
        } else if (name.indexOf('.') < 0) {
            return List.of(name, name + "." + client.dnsDomain());
        }
        boolean inNamespace = name.indexOf('.') == name.lastIndexOf('.');
        return inNamespace ? List.of(name, name + clusterDomain) : List.of(name);
    }

    public static List<Message> listeners(PushContext context, Scopes.Outbound client) {
        return OutboundListeners.of(context, client);
    }

    /** What a workload serves. */
    public static List<Message> inboundClusters(PushContext context, Scopes.Inbound server) {
        List<Message> clusters = new ArrayList<>();
        for (PushContext.Inbound inbound : server.ports()) {
            clusters.add(FixedClusters.inbound(inbound, context.settings()));
        }
        clusters.add(FixedClusters.inboundPassthrough(context.settings()));
        return clusters;
    }

    /** Where the other instances of a workload run, for a client that asks; else nothing. */
    public static List<Message> localInstances(PushContext context, Scopes.Inbound server) {
        return LocalInstances.assignment(context, server);
    }

    public static Message inboundListener(PushContext context, Scopes.Inbound server) {
        return InboundListener.of(context, server);
    }

    public static List<Message> gatewayListeners(PushContext context, Scopes.Gateway scope) {
        return new GatewayTranslation(context, scope).listeners();
    }

    public static List<Message> gatewayRoutes(PushContext context, Scopes.Gateway scope) {
        return new GatewayTranslation(context, scope).routes();
    }

    /** Certificates of a gateway's servers; for that gateway only. */
    public static List<Message> gatewaySecrets(PushContext context, Scopes.Gateway scope) {
        return new GatewayTranslation(context, scope).secrets();
    }

    /** What is written about a workload counts; what it says of itself only if nothing is. */
    private static Map<String, String> labelsOf(PushContext context, Proxy proxy) {
        Optional<Workload> workload = context.workloadOf(proxy);
        return workload.map(Workload::labels).orElse(proxy.labels());
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.Gateway.Server;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.PushContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers of all Gateways that select a workload, by the port that they share. */
final class GatewayServers {

    private final PushContext context;
    private final Scopes.Gateway scope;

    /** A server and the Gateway that it is of; port is where the workload listens for it. */
    record Bound(Gateway gateway, Server server, int port) {

        String gatewayName() {
            return gateway.meta().namespace() + "/" + gateway.meta().name();
        }

        /** The hosts without the namespaces before them. */
        List<String> hosts() {
            return server.hosts().stream()
                    .map(host -> host.substring(host.indexOf('/') + 1))
                    .toList();
        }

        String address() {
            return server.bind().isEmpty() ? "0.0.0.0" : server.bind();
        }

        /** Plain servers of one port share their routes; each server with TLS has its own. */
        String routeName() {
            String bind = server.bind().isEmpty() ? "" : "." + server.bind();
            return server.plainHttp()
                    ? "http." + port + bind
                    : "https." + server.port() + "." + server.portName() + "."
                            + gateway.meta().name() + "." + gateway.meta().namespace() + bind;
        }
    }

    GatewayServers(PushContext context, Scopes.Gateway scope) {
        this.context = context;
        this.scope = scope;
    }

    /** By the name of the listener, the oldest Gateway first. */
    Map<String, List<Bound>> byListener() {
        Map<String, List<Bound>> found = new LinkedHashMap<>();
        for (Gateway gateway : context.gateways()) {
            if (scope.server()
                    .labels()
                    .entrySet()
                    .containsAll(gateway.selector().entrySet())) {
                for (Server server : gateway.servers()) {
                    Bound bound = new Bound(gateway, server, target(server.port()));
                    found.computeIfAbsent(bound.address() + "_" + bound.port(), unknown -> new ArrayList<>())
                            .add(bound);
                }
            }
        }
        return found;
    }

    /** Behind a service the workload listens on the port that the service leads to. */
    private int target(int port) {
        return scope.server().ports().stream()
                .filter(inbound -> inbound.servicePort() == port)
                .map(PushContext.Inbound::port)
                .findFirst()
                .orElse(port);
    }

    /** The VirtualServices of a server with the hosts that both name, the more exact one of each; the oldest first. */
    Map<VirtualService, Set<String>> virtualServices(Bound bound) {
        Map<VirtualService, Set<String>> found = new LinkedHashMap<>();
        for (VirtualService virtual :
                context.virtualServicesOf(bound.gatewayName(), scope.calls().namespace())) {
            Set<String> hosts = new LinkedHashSet<>();
            for (String host : bound.server().hosts()) {
                int slash = host.indexOf('/');
                if (slash < 0 || fromNamespace(host.substring(0, slash), bound, virtual)) {
                    common(host.substring(slash + 1), virtual, hosts);
                }
            }
            if (!hosts.isEmpty()) {
                found.put(virtual, hosts);
            }
        }
        return found;
    }

    private static boolean fromNamespace(String written, Bound bound, VirtualService virtual) {
        String namespace = virtual.meta().namespace();
        return written.equals("*")
                || written.equals(namespace)
                || (written.equals(".") && bound.gateway().meta().namespace().equals(namespace));
    }

    private void common(String ofServer, VirtualService virtual, Set<String> hosts) {
        for (String written : virtual.hosts()) {
            String host = Hosts.qualify(
                    written, virtual.meta().namespace(), context.settings().clusterDomain());
            if (Hosts.matches(ofServer, host)) {
                hosts.add(host);
            } else if (Hosts.matches(host, ofServer)) {
                hosts.add(ofServer);
            }
        }
    }
}

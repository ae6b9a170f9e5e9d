package io.inmesh.conformance.config;

import io.inmesh.conformance.echo.EchoServers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The endpoints that a configuration names, and the same configuration with local ports in their place. */
public final class EndpointAddresses {

    private EndpointAddresses() {}

    /** Every endpoint's {@code address:port}, in order. */
    public static Set<String> of(Configuration configuration) {
        Set<String> addresses = new LinkedHashSet<>();
        visit(configuration, address -> addresses.add(name(address)));
        return addresses;
    }

    /** The configuration with a local port for each endpoint; names stay, and are looked up at the upstreams' own name server. */
    public static Configuration local(Configuration configuration, EchoServers upstreams) {
        Configuration copy = local(configuration, upstreams::port);
        upstreams.nameServer().ifPresent(server -> copy.resources(ResourceKind.CLUSTER).stream()
                .filter(cluster -> Tree.text(cluster, "type").endsWith("_DNS"))
                .forEach(cluster -> cluster.put("typedDnsResolverConfig", resolver(server.getPort()))));
        return copy;
    }

    /**
     * The configuration with a local port for each endpoint.
     *
     * @param localPort of an endpoint, by its {@code address:port}
     */
    public static Configuration local(Configuration configuration, ToIntFunction<String> localPort) {
        Configuration copy = configuration.copy();
        visit(copy, address -> {
            int port = localPort.applyAsInt(name(address));
            if (!isName(Tree.text(address, "address"))) {
                address.put("address", "127.0.0.1");
            }
            address.put("portValue", port);
        });
        return copy;
    }

    private static Map<String, Object> resolver(int port) {
        return Map.of(
                "name",
                "envoy.network.dns_resolver.cares",
                "typedConfig",
                Map.of(
                        "@type",
                        "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
                        "resolvers",
                        List.of(Map.of("socketAddress", Map.of("address", "127.0.0.1", "portValue", port))),
                        "dnsResolverOptions",
                        Map.of("noDefaultSearchDomain", true)));
    }

    /** Those that EDS names, and those that stand in a cluster of names: a literal address resolves to itself. */
    private static void visit(Configuration configuration, Consumer<Map<String, Object>> visitor) {
        List<Object> assignments = new ArrayList<>(configuration.resources(ResourceKind.ENDPOINTS));
        configuration.resources(ResourceKind.CLUSTER).forEach(cluster -> {
            if (cluster.containsKey("loadAssignment")) {
                assignments.add(Tree.object(cluster, "loadAssignment"));
            }
        });
        Tree.visit(assignments, node -> {
            if (node.containsKey("socketAddress")) {
                visitor.accept(Tree.object(node, "socketAddress"));
            }
        });
    }

    private static boolean isName(String address) {
        return !address.contains(":") && !address.matches("[0-9.]+");
    }

    private static String name(Map<String, Object> address) {
        return Tree.text(address, "address") + ":" + Tree.text(address, "portValue");
    }
}

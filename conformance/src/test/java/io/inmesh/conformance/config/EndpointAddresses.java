package io.inmesh.conformance.config;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The endpoints that a configuration names, and the same configuration with local ports in their place. */
public final class EndpointAddresses {

    private EndpointAddresses() {}

    /** Every endpoint's {@code address:port}, in order. */
    public static Set<String> of(Configuration configuration) {
        Set<String> addresses = new LinkedHashSet<>();
        Tree.visit(configuration.resources(ResourceKind.ENDPOINTS), node -> {
            if (node.containsKey("socketAddress")) {
                addresses.add(name(Tree.object(node, "socketAddress")));
            }
        });
        return addresses;
    }

    /**
     * The configuration with a local port for each endpoint.
     *
     * @param localPort of an endpoint, by its {@code address:port}
     */
    public static Configuration local(Configuration configuration, ToIntFunction<String> localPort) {
        Configuration copy = configuration.copy();
        Tree.visit(copy.resources(ResourceKind.ENDPOINTS), node -> {
            if (node.containsKey("socketAddress")) {
                Map<String, Object> address = Tree.object(node, "socketAddress");
                int port = localPort.applyAsInt(name(address));
                address.put("address", "127.0.0.1");
                address.put("portValue", port);
            }
        });
        return copy;
    }

    private static String name(Map<String, Object> address) {
        return Tree.text(address, "address") + ":" + Tree.text(address, "portValue");
    }
}

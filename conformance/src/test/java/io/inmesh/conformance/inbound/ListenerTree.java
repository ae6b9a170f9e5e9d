package io.inmesh.conformance.inbound;

import io.inmesh.conformance.config.Captures;
import io.inmesh.conformance.config.Json;
import io.inmesh.conformance.config.ResourceKind;
import io.inmesh.conformance.config.Tree;
import io.inmesh.testkit.PemFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A listener as JSON, and what is changed about it before either side gets it. These lists are reviewed: whatever is not here reaches
 * both as it was written or captured.
 */
final class ListenerTree {

    /** The port that captures and rows speak of; each side puts its own in its place. */
    private static final long PORT = 8080;

    /** Filters that only Istio's build of Envoy knows; a stock Envoy refuses them. */
    private static final Set<String> ISTIO_ONLY = Set.of("istio.metadata_exchange", "istio.alpn", "istio.stats");

    private ListenerTree() {}

    /** What a real istiod sent for a server. */
    static Map<String, Object> captured(String folder) {
        return Captures.read(folder).resources(ResourceKind.LISTENER).stream()
                .filter(listener -> "virtualInbound".equals(listener.get("name")))
                .findFirst()
                .map(ListenerTree::withoutIstiosOwn)
                .orElseThrow();
    }

    private static Map<String, Object> withoutIstiosOwn(Map<String, Object> captured) {
        Map<String, Object> listener = Tree.copy(captured);
        Tree.visit(listener, node -> {
            for (String list : List.of("filters", "httpFilters")) {
                Tree.objects(node, list).removeIf(filter -> ISTIO_ONLY.contains(filter.get("name")));
            }
            // Logs and traces go to services that are not there.
            node.remove("accessLog");
            node.remove("tracing");
        });
        return listener;
    }

    /** The listener with one side's port. */
    static Map<String, Object> on(int port, Map<String, Object> listener) {
        Map<String, Object> copy = Tree.copy(listener);
        Tree.visit(
                copy,
                node -> node.replaceAll((key, value) ->
                        key.equals("destinationPort") && value instanceof Number number && number.longValue() == PORT
                                ? (Object) (long) port
                                : value));
        return copy;
    }

    /** Envoy's bootstrap: the listener bound to loopback, files for keys, every cluster the one application. */
    static String bootstrap(Map<String, Object> listener, int port, PemFiles files, int application) {
        Map<String, Object> bound = on(port, listener);
        bound.remove("@type");
        // There is no redirected connection whose destination it could tell.
        Tree.objects(bound, "listenerFilters")
                .removeIf(filter -> "envoy.filters.listener.original_dst".equals(filter.get("name")));
        Tree.visit(bound, node -> {
            withFiles(node, files);
            if (node.get("cluster") instanceof String) {
                node.put("cluster", "application");
            }
        });
        bound.put("address", Map.of("socketAddress", Map.of("address", "127.0.0.1", "portValue", port)));
        Map<String, Object> address = Map.of("socketAddress", Map.of("address", "127.0.0.1", "portValue", application));
        Map<String, Object> cluster = Map.of(
                "name",
                "application",
                "type",
                "STATIC",
                "connectTimeout",
                "5s",
                "loadAssignment",
                Map.of(
                        "clusterName",
                        "application",
                        "endpoints",
                        List.of(Map.of("lbEndpoints", List.of(Map.of("endpoint", Map.of("address", address)))))));
        return "static_resources: " + Json.print(Map.of("listeners", List.of(bound), "clusters", List.of(cluster)));
    }

    private static void withFiles(Map<String, Object> node, PemFiles files) {
        if (node.containsKey("tlsCertificateSdsSecretConfigs")) {
            node.remove("tlsCertificateSdsSecretConfigs");
            node.put(
                    "tlsCertificates",
                    List.of(Map.of(
                            "certificateChain",
                            Map.of("filename", files.chain().toString()),
                            "privateKey",
                            Map.of("filename", files.key().toString()))));
        }
        if (node.containsKey("combinedValidationContext")) {
            Map<String, Object> combined = Tree.object(node, "combinedValidationContext");
            Map<String, Object> context = Tree.copy(Tree.object(combined, "defaultValidationContext"));
            context.put("trustedCa", Map.of("filename", files.root().toString()));
            node.remove("combinedValidationContext");
            node.put("validationContext", context);
        }
    }
}

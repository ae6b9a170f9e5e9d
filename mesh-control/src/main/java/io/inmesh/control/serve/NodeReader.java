package io.inmesh.control.serve;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.xds.envoy.CoreBase.Locality;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Istio's node: {@code <type>~<ip>~<name>.<namespace>~<dns domain>} and its metadata. Everything in it is the client's own word;
 * only the namespace and the service account are compared with who it proved to be.
 */
final class NodeReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern PORT = Pattern.compile(
            "\\{[^{}]*?\"name\"\\s*:\\s*\"([^\"\\\\]{1,63})\"[^{}]*?\"containerPort\"\\s*:\\s*(\\d{1,5})[^{}]*?\\}"
                    + "|\\{[^{}]*?\"containerPort\"\\s*:\\s*(\\d{1,5})[^{}]*?\"name\"\\s*:\\s*\"([^\"\\\\]{1,63})\"[^{}]*?\\}");
    private static final int MOST_LABELS = 64;

    private NodeReader() {}

    /** A client that connects; the group is that of workloads that it wants to be registered with; on demand: it asks for hosts by name. */
    record Client(Proxy proxy, Optional<String> group, Map<String, Integer> ports, String locality, boolean onDemand) {
        String address() {
            return proxy.addresses().isEmpty() ? "" : proxy.addresses().get(0);
        }
    }

    /**
     * The client behind a node.
     *
     * @param caller who it proved to be; empty only on the port for development, where its word is taken
     * @throws IllegalArgumentException if the node is none of Istio's, or says another identity than the proven one
     */
    static Client read(Message node, Optional<SpiffeId> caller, MeshSettings settings) {
        String[] parts = node.get(Node.ID).split("~", -1);
        if (parts.length != 4 || node.get(Node.ID).length() > 1024) {
            throw new IllegalArgumentException("the node id must be <type>~<ip>~<name>.<namespace>~<dns domain>");
        }
        if (!parts[0].equals("sidecar") && !parts[0].equals("router")) {
            throw new IllegalArgumentException(
                    "a node of type '" + parts[0] + "' is not supported, only sidecar and router");
        }
        Map<String, Message> metadata = node.get(Node.METADATA).get(Struct.FIELDS);
        int dot = parts[2].lastIndexOf('.');
        String namespace = text(metadata, "NAMESPACE").orElse(dot < 0 ? "" : parts[2].substring(dot + 1));
        String account = text(metadata, "SERVICE_ACCOUNT").orElse("default");
        String name = dot < 0 ? parts[2] : parts[2].substring(0, dot);
        for (String part : List.of(namespace, account, name)) {
            if (!NAME.matcher(part).matches()) {
                throw new IllegalArgumentException("'" + part + "' in the node is no name");
            }
        }
        compare(caller, SpiffeId.of(settings.trustDomain(), namespace, account));
        Proxy proxy = new Proxy(
                node.get(Node.ID),
                name,
                namespace,
                account,
                labels(metadata),
                addresses(parts[1], metadata),
                parts[3].isEmpty() ? namespace + ".svc." + settings.clusterDomain() : parts[3],
                text(metadata, "ISTIO_FILTERS").filter("true"::equals).isPresent(),
                text(metadata, "WORKLOAD_ENTRY"),
                locality(node.get(Node.LOCALITY)),
                text(metadata, "ENABLE_SELF_DISCOVERY").filter("true"::equals).isPresent());
        return new Client(
                proxy,
                text(metadata, "AUTO_REGISTER_GROUP"),
                ports(metadata),
                locality(node.get(Node.LOCALITY)),
                text(metadata, "INMESH_ON_DEMAND").filter("true"::equals).isPresent());
    }

    private static void compare(Optional<SpiffeId> caller, SpiffeId said) {
        if (caller.isPresent() && !caller.get().equals(said)) {
            throw new IllegalArgumentException(
                    "the node says that it is " + said + " and has proven to be " + caller.get());
        }
    }

    private static Map<String, String> labels(Map<String, Message> metadata) {
        Map<String, String> labels = new HashMap<>();
        Message written = metadata.get("LABELS");
        if (written != null) {
            written.get(Struct.Value.STRUCT_VALUE).get(Struct.FIELDS).forEach((key, value) -> {
                if (labels.size() < MOST_LABELS && value.has(Struct.Value.STRING_VALUE)) {
                    labels.put(key, value.get(Struct.Value.STRING_VALUE));
                }
            });
        }
        return Map.copyOf(labels);
    }

    private static List<String> addresses(String inId, Map<String, Message> metadata) {
        List<String> addresses = new ArrayList<>();
        for (String address : text(metadata, "INSTANCE_IPS").orElse(inId).split(",", -1)) {
            String trimmed = address.trim();
            if (trimmed.matches("[0-9a-fA-F.:]{2,45}") && addresses.size() < 16) {
                addresses.add(trimmed);
            }
        }
        return List.copyOf(addresses);
    }

    /** {@code POD_PORTS} is JSON in a text, as Kubernetes writes container ports; unnamed ones say nothing here. */
    private static Map<String, Integer> ports(Map<String, Message> metadata) {
        Map<String, Integer> ports = new HashMap<>();
        String json = text(metadata, "POD_PORTS").orElse("");
        Matcher port = PORT.matcher(json.length() > 4096 ? "" : json);
        while (port.find()) {
            boolean nameFirst = port.group(1) != null;
            int number = Integer.parseInt(port.group(nameFirst ? 2 : 3));
            if (number >= 1 && number <= 65_535) {
                ports.put(port.group(nameFirst ? 1 : 4), number);
            }
        }
        return Map.copyOf(ports);
    }

    private static String locality(Message locality) {
        String region = locality.get(Locality.REGION);
        String zone = locality.get(Locality.ZONE);
        String subZone = locality.get(Locality.SUB_ZONE);
        return region.isEmpty()
                ? ""
                : region + (zone.isEmpty() ? "" : "/" + zone + (subZone.isEmpty() ? "" : "/" + subZone));
    }

    private static Optional<String> text(Map<String, Message> metadata, String key) {
        Message value = metadata.get(key);
        return value == null
                ? Optional.empty()
                : Optional.of(value.get(Struct.Value.STRING_VALUE)).filter(text -> !text.isEmpty());
    }
}

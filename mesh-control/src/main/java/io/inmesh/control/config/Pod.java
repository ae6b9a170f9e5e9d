package io.inmesh.control.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code v1/Pod}, as far as it is a workload.
 *
 * @param address {@code status.podIP}; empty if it has none yet
 * @param ready whether the status does not say otherwise
 * @param ports container ports by name
 * @param workload the owner that people know, such as the Deployment's name
 * @param node the name of the node that it runs on; empty before it runs
 */
public record Pod(
        Meta meta,
        String serviceAccount,
        String address,
        boolean ready,
        Map<String, Integer> ports,
        String workload,
        String node)
        implements Resource {

    static Pod read(Meta meta, Fields root, Fields spec) {
        Map<String, Integer> ports = new HashMap<>();
        spec.list("containers", Pod::namedPorts).forEach(ports::putAll);
        String account = spec.text("serviceAccountName").orElse("default");
        String node = spec.text("nodeName").orElse("");
        spec.restIrrelevant();
        Status status = root.object("status", Status::read).orElse(new Status("", true));
        return new Pod(meta, account, status.address, status.ready, Map.copyOf(ports), workload(meta), node);
    }

    private record Status(String address, boolean ready) {
        static Status read(Fields status) {
            List<Boolean> ready = status.list("conditions", condition -> {
                boolean notReady = condition.text("type").orElse("").equals("Ready")
                        && condition.textOrNumber("status").orElse("").equals("False");
                condition.restIrrelevant();
                return !notReady;
            });
            Status read = new Status(status.text("podIP").orElse(""), !ready.contains(false));
            status.restIrrelevant();
            return read;
        }
    }

    private static Map<String, Integer> namedPorts(Fields container) {
        Map<String, Integer> ports = new HashMap<>();
        container
                .list("ports", port -> {
                    String name = port.text("name").orElse("");
                    int number = port.integer("containerPort", 1, 65_535).orElse(0);
                    port.restIrrelevant();
                    return Map.entry(name, number);
                })
                .forEach(port -> ports.put(port.getKey(), port.getValue()));
        container.restIrrelevant();
        return ports;
    }

    /** A Deployment's pods are called {@code name-hash-hash}; the label pod-template-hash tells that this is one. */
    private static String workload(Meta meta) {
        String hash = meta.labels().get("pod-template-hash");
        int end = hash == null ? -1 : meta.name().indexOf("-" + hash);
        return end > 0 ? meta.name().substring(0, end) : meta.name();
    }
}

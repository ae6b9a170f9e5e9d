package io.inmesh.control.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Istio's ServiceEntry: a service that Kubernetes does not know.
 *
 * @param addresses virtual ones; calls to them are calls to the service
 * @param workloadSelector labels of pods and workload entries of its namespace; empty means the endpoints that are written
 */
public record ServiceEntry(
        Meta meta,
        List<String> hosts,
        List<String> addresses,
        List<Port> ports,
        boolean external,
        Resolution resolution,
        List<WorkloadEntry.Spec> endpoints,
        Map<String, String> workloadSelector,
        List<String> exportTo,
        List<String> subjectAltNames)
        implements Resource {

    private static final Pattern IP = Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.:]*:[0-9a-fA-F.:]*");

    /** How an address is found. */
    public enum Resolution {
        NONE,
        STATIC,
        DNS,
        DNS_ROUND_ROBIN
    }

    enum Location {
        MESH_EXTERNAL,
        MESH_INTERNAL
    }

    /** A port of the service; targetPort is that of the endpoints, 0 if it is the same. */
    public record Port(int number, String name, String protocol, int targetPort) {
        static Port read(Fields port) {
            return new Port(
                    port.integer("number", 1, 65_535).orElseThrow(() -> port.invalid("number", "is required")),
                    port.required("name"),
                    port.text("protocol").orElse(""),
                    port.integer("targetPort", 1, 65_535).orElse(0));
        }
    }

    static ServiceEntry read(Meta meta, Fields spec) {
        List<String> hosts = spec.texts("hosts");
        if (hosts.isEmpty()) {
            throw spec.invalid("hosts", "is required");
        }
        ServiceEntry entry = new ServiceEntry(
                meta,
                hosts,
                spec.texts("addresses"),
                spec.list("ports", Port::read),
                spec.choice("location", Location.class).orElse(Location.MESH_EXTERNAL) == Location.MESH_EXTERNAL,
                spec.choice("resolution", Resolution.class).orElse(Resolution.NONE),
                spec.list("endpoints", WorkloadEntry.Spec::read),
                spec.object("workloadSelector", selector -> selector.textMap("labels"))
                        .orElse(Map.of()),
                spec.texts("exportTo"),
                spec.texts("subjectAltNames"));
        if (entry.resolution == Resolution.STATIC
                && entry.endpoints.stream()
                        .anyMatch(endpoint -> !IP.matcher(endpoint.address()).matches())) {
            throw spec.invalid("endpoints", "must be IP addresses where the resolution is STATIC");
        }
        return entry;
    }
}

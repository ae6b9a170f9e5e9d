package io.inmesh.control.config;

import java.util.List;
import java.util.Map;

/**
 * A {@code v1/Service}.
 *
 * @param addresses cluster IPs; empty for a headless one
 * @param externalName empty unless the type is ExternalName
 * @param publishNotReady whether pods that are not ready are endpoints too
 */
public record KubernetesService(
        Meta meta,
        Map<String, String> selector,
        List<String> addresses,
        List<Port> ports,
        boolean headless,
        String externalName,
        boolean publishNotReady)
        implements Resource {

    /** A port of the service; targetPort is a number or the name of a container's port; empty means the same as number */
    public record Port(int number, String name, String transport, String appProtocol, String targetPort) {
        static Port read(Fields port) {
            port.irrelevant("nodePort");
            return new Port(
                    port.integer("port", 1, 65_535).orElseThrow(() -> port.invalid("port", "is required")),
                    port.text("name").orElse(""),
                    port.text("protocol").orElse("TCP"),
                    port.text("appProtocol").orElse(""),
                    port.textOrNumber("targetPort").orElse(""));
        }
    }

    static KubernetesService read(Meta meta, Fields spec) {
        String clusterIp = spec.text("clusterIP").orElse("");
        List<String> clusterIps = spec.texts("clusterIPs");
        List<String> addresses = clusterIps.isEmpty() && !clusterIp.isEmpty() ? List.of(clusterIp) : clusterIps;
        boolean externalName = spec.text("type").orElse("ClusterIP").equals("ExternalName");
        KubernetesService service = new KubernetesService(
                meta,
                spec.textMap("selector"),
                addresses.contains("None") ? List.of() : addresses,
                spec.list("ports", Port::read),
                clusterIp.equals("None"),
                externalName ? spec.required("externalName") : "",
                spec.flag("publishNotReadyAddresses").orElse(false));
        spec.unsupported("trafficDistribution");
        spec.restIrrelevant();
        return service;
    }
}

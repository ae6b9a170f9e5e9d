package io.inmesh.control.analysis.semantic;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sidecar: listeners with ports and hosts of their own. Stateless. */
final class SidecarCheck {

    private SidecarCheck() {}

    static void check(Spot spec) {
        CommonChecks.selector(spec.object("workloadSelector"), "labels");
        spec.refuseIf(
                !spec.hasAny("egress", "ingress", "outboundTrafficPolicy", "inboundConnectionPool"),
                "",
                "sidecar: empty configuration provided");
        Set<String> ports = new HashSet<>();
        for (Spot ingress : spec.objects("ingress")) {
            ingress(ingress, ports);
        }
        boolean rest = false;
        List<Spot> egress = spec.objects("egress");
        for (Spot listener : egress) {
            egress(listener);
            boolean everything = !listener.has("port");
            listener.refuseIf(everything && rest, "", "sidecar: egress can have only one listener without a port");
            rest |= everything;
        }
    }

    private static void ingress(Spot ingress, Set<String> ports) {
        Spot port = ingress.object("port");
        CommonChecks.port(port, "number");
        port.refuseIf(port.value().integer("targetPort", 0) > 0, "targetPort", "targetPort has no impact on Sidecars");
        port.refuseIf(!ports.add(port.text("number")), "number", "sidecar: ports on IP bound listeners must be unique");
        String endpoint = ingress.text("defaultEndpoint");
        if (endpoint.isEmpty() || endpoint.startsWith("unix://")) {
            return;
        }
        int colon = endpoint.lastIndexOf(':');
        String address = colon < 0
                ? endpoint
                : endpoint.substring(0, colon).replace("[", "").replace("]", "");
        boolean known = Set.of("127.0.0.1", "0.0.0.0", "::1", "::").contains(address);
        boolean number = colon >= 0 && endpoint.substring(colon + 1).matches("[1-9][0-9]{0,4}");
        ingress.refuseIf(
                !known || !number,
                "defaultEndpoint",
                "sidecar: defaultEndpoint must be of form 127.0.0.1:<port>, 0.0.0.0:<port>, [::1]:<port>, [::]:<port>,"
                        + " unix://filepath, or unset");
    }

    private static void egress(Spot egress) {
        egress.refuseIf(
                egress.value().texts("hosts").isEmpty(),
                "hosts",
                "sidecar: egress listener must contain at least one host");
        for (String host : egress.value().texts("hosts")) {
            HostNames.inNamespace(host, false).ifPresent(wrong -> egress.refuse("hosts", wrong));
        }
        CommonChecks.port(egress.object("port"), "number");
    }
}

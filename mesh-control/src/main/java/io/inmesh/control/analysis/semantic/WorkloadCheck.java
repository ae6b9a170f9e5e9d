package io.inmesh.control.analysis.semantic;

import java.util.Set;

/** WorkloadEntry, WorkloadGroup and the endpoints of a ServiceEntry. Stateless. */
final class WorkloadCheck {

    private WorkloadCheck() {}

    static void entry(Spot spec) {
        address(spec, true);
    }

    static void group(Spot spec) {
        Spot probe = spec.object("probe");
        if (spec.has("probe")) {
            probe.refuseIf(
                    !probe.hasAny("httpGet", "tcpSocket", "exec", "grpc"), "", "a health check method is required");
        }
    }

    static void endpoint(Spot endpoint, Set<String> ports, boolean names) {
        address(endpoint, names);
        for (String port : endpoint.value().object("ports").entries().keySet()) {
            endpoint.refuseIf(
                    !ports.contains(port), "ports", "endpoint port " + port + " is not defined by the service entry");
        }
        endpoint.refuseIf(
                endpoint.text("address").startsWith("unix://") && ports.size() != 1,
                "address",
                "exactly 1 service port required for unix endpoints");
    }

    private static void address(Spot spot, boolean names) {
        String address = spot.text("address");
        if (address.isEmpty() || address.startsWith("unix://") || Addresses.isAddress(address)) {
            return;
        }
        if (!names) {
            spot.refuse("address", "endpoint address \"" + address + "\" is not a valid IP address");
        } else if (HostNames.fqdn(address).isPresent()) {
            spot.refuse("address", "endpoint address \"" + address + "\" is not a valid FQDN or an IP address");
        }
    }
}

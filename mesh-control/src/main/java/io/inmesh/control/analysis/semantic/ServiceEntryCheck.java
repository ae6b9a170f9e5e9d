package io.inmesh.control.analysis.semantic;

import io.inmesh.control.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ServiceEntry: hosts, addresses, ports, and endpoints that suit the resolution. Stateless. */
final class ServiceEntryCheck {

    private ServiceEntryCheck() {}

    static void check(Spot spec, String namespace) {
        String resolution = spec.has("resolution") ? spec.text("resolution") : "NONE";
        CommonChecks.selector(spec.object("workloadSelector"), "labels");
        List<String> hosts = spec.value().texts("hosts");
        for (String host : hosts) {
            HostNames.wildcard(host).ifPresent(wrong -> spec.refuse("hosts", wrong));
        }
        for (String address : spec.value().texts("addresses")) {
            spec.refuseIf(
                    !Addresses.isAddressOrRange(address), "addresses", address + " is not a valid address or CIDR");
        }
        Set<String> ports = ports(spec);
        switch (resolution) {
            case "STATIC" ->
                spec.objects("endpoints").forEach(endpoint -> WorkloadCheck.endpoint(endpoint, ports, false));
            case "DNS", "DNS_ROUND_ROBIN" -> dns(spec, hosts, ports, resolution);
            case "DYNAMIC_DNS" -> dynamic(spec, hosts);
            default -> {}
        }
        boolean plain = spec.objects("ports").stream()
                .map(port -> port.text("protocol"))
                .anyMatch(protocol -> !Protocols.isHttp(protocol) && !Protocols.isTls(protocol));
        spec.refuseIf(
                !resolution.equals("NONE") && hosts.size() > 1 && plain,
                "hosts",
                "multiple hosts provided with non-HTTP, non-TLS ports");
        CommonChecks.exportTo(spec, namespace, true);
    }

    private static Set<String> ports(Spot spec) {
        Set<String> names = new HashSet<>();
        for (Spot port : spec.objects("ports")) {
            String name = port.text("name");
            names.add(name);
            port.refuseIf(!HostNames.isLabel(name), "name", "invalid port name: " + name);
            String protocol = port.text("protocol");
            port.refuseIf(
                    !protocol.isEmpty() && !Protocols.isKnown(protocol),
                    "protocol",
                    "unsupported protocol: " + protocol);
            CommonChecks.port(port, "number");
        }
        return names;
    }

    private static void dns(Spot spec, List<String> hosts, Set<String> ports, String resolution) {
        if (spec.objects("endpoints").isEmpty()) {
            for (String host : hosts) {
                HostNames.fqdn(host)
                        .ifPresent(wrong -> spec.refuse(
                                "hosts",
                                "hosts must be FQDN if no endpoints are provided for resolution mode " + resolution
                                        + ", " + wrong));
            }
        }
        spec.objects("endpoints").forEach(endpoint -> WorkloadCheck.endpoint(endpoint, ports, true));
    }

    private static void dynamic(Spot spec, List<String> hosts) {
        for (String host : hosts) {
            spec.refuseIf(!host.startsWith("*"), "hosts", "host must be wildcarded for resolution mode DYNAMIC_DNS");
        }
        for (String field : List.of("addresses", "endpoints")) {
            List<YamlNode> written = spec.value().list(field);
            spec.refuseIf(!written.isEmpty(), field, field + " cannot be set for resolution type DYNAMIC_DNS");
        }
        for (Spot port : spec.objects("ports")) {
            port.refuseIf(
                    !Set.of("HTTP", "TLS", "GRPC", "HTTP2").contains(port.text("protocol")),
                    "protocol",
                    "only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS");
        }
    }
}

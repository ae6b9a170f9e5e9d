package io.inmesh.control.analysis.semantic;

import java.util.List;
import java.util.Optional;

/** VirtualService: hosts, gateways, and each of its routes. Stateless. */
final class VirtualServiceCheck {

    private VirtualServiceCheck() {}

    static void check(Spot spec, String namespace) {
        List<String> hosts = spec.value().texts("hosts");
        List<String> gateways = spec.value().texts("gateways");
        boolean delegate = hosts.isEmpty();
        if (delegate) {
            spec.refuseIf(!gateways.isEmpty(), "gateways", "delegate virtual service must have no gateways specified");
            spec.refuseIf(spec.has("tls"), "tls", "delegate virtual service must have no tls route specified");
            spec.refuseIf(spec.has("tcp"), "tcp", "delegate virtual service must have no tcp route specified");
        }
        gateways(spec);
        boolean mesh = gateways.isEmpty() || gateways.contains("mesh");
        hosts(spec, hosts, mesh);
        List<Spot> http = spec.objects("http");
        spec.refuseIf(
                http.isEmpty()
                        && spec.objects("tls").isEmpty()
                        && spec.objects("tcp").isEmpty(),
                "",
                "http, tcp or tls must be provided in virtual service");
        http.forEach(route -> HttpRouteCheck.check(route, delegate));
        spec.objects("tls").forEach(route -> tls(route, hosts));
        spec.objects("tcp").forEach(VirtualServiceCheck::tcp);
        CommonChecks.exportTo(spec, namespace, false);
        UnreachableRules.http(http);
        UnreachableRules.plain(spec.objects("tcp"));
        UnreachableRules.plain(spec.objects("tls"));
    }

    private static void hosts(Spot spec, List<String> hosts, boolean mesh) {
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i);
            Optional<String> wrong = HostNames.wildcard(host);
            if (wrong.isPresent() && !Addresses.isAddress(host)) {
                spec.refuse("hosts", wrong.get());
            }
            spec.refuseIf(
                    mesh && host.equals("*"),
                    "hosts",
                    "wildcard host * is not allowed for virtual services bound to the mesh gateway");
            for (String other : hosts.subList(i + 1, hosts.size())) {
                spec.refuseIf(
                        HostNames.overlap(host, other),
                        "hosts",
                        "duplicate hosts in virtual service: " + host + " & " + other);
            }
        }
    }

    static void gateways(Spot spot) {
        for (String gateway : spot.value().texts("gateways")) {
            String[] parts = gateway.split("/", -1);
            boolean fine = parts.length == 1
                    ? HostNames.fqdn(gateway).isEmpty()
                    : parts.length == 2
                            && (parts[0].equals(".") || HostNames.isLabel(parts[0]))
                            && HostNames.fqdn(parts[1]).isEmpty();
            spot.refuseIf(!fine, "gateways", "invalid value for gateway name: \"" + gateway + "\"");
        }
    }

    private static void tls(Spot route, List<String> hosts) {
        route.refuseIf(route.objects("match").isEmpty(), "match", "TLS route must have at least one match condition");
        for (Spot match : route.objects("match")) {
            match.refuseIf(
                    match.value().texts("sniHosts").isEmpty(), "sniHosts", "TLS match must have at least one SNI host");
            for (String sni : match.value().texts("sniHosts")) {
                Optional<String> wrong = HostNames.wildcard(sni);
                wrong.ifPresent(text -> match.refuse("sniHosts", text));
                boolean inside = hosts.stream().anyMatch(host -> host.equals("*") || HostNames.overlap(host, sni));
                match.refuseIf(
                        wrong.isEmpty() && !inside,
                        "sniHosts",
                        "SNI host \"" + sni + "\" is not a compatible subset of any of the virtual service domains: "
                                + hosts);
            }
            plainMatch(match);
        }
        targets(route);
    }

    private static void tcp(Spot route) {
        route.objects("match").forEach(VirtualServiceCheck::plainMatch);
        targets(route);
    }

    private static void plainMatch(Spot match) {
        CommonChecks.port(match, "port");
        for (String subnet : match.value().texts("destinationSubnets")) {
            match.refuseIf(
                    !Addresses.isAddressOrRange(subnet),
                    "destinationSubnets",
                    subnet + " is not a valid address or CIDR");
        }
        gateways(match);
    }

    private static void targets(Spot route) {
        route.refuseIf(route.objects("route").isEmpty(), "route", "route is required");
        HttpRouteCheck.weights(route);
        route.objects("route").forEach(target -> HttpRouteCheck.destination(target.object("destination")));
    }
}

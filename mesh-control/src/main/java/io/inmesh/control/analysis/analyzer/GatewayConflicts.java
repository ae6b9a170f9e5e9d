package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Gateways of the same pods that open the same port for the same hosts. */
final class GatewayConflicts implements Analyzer {

    /** A server with the gateway that it is of. */
    private record Opened(Item gateway, YamlNode.Mapping server) {

        Map<String, String> selector() {
            return gateway.spec().textMap("selector");
        }
    }

    @Override
    public String name() {
        return "gateway.ConflictingGatewayAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<String, List<Opened>> byPort = new HashMap<>();
        for (Item gateway : items.of("Gateway")) {
            for (YamlNode.Mapping server : gateway.spec().objects("servers")) {
                byPort.computeIfAbsent(server.object("port").text("number"), unknown -> new ArrayList<>())
                        .add(new Opened(gateway, server));
            }
        }
        byPort.forEach((port, servers) -> {
            if (servers.size() > 1) {
                servers.forEach(server -> conflicts(server, servers, port, items, report));
            }
        });
    }

    private static void conflicts(Opened server, List<Opened> others, String port, Items items, Report report) {
        TreeSet<String> names = new TreeSet<>();
        for (Opened other : others) {
            if (!other.gateway().fullName().equals(server.gateway().fullName())
                    && sameHost(server, other)
                    && samePods(server.selector(), other.selector(), items)) {
                names.add(other.gateway().fullName());
            }
        }
        if (!names.isEmpty()) {
            report.add(
                    Code.CONFLICTING_GATEWAYS,
                    server.gateway(),
                    server.server().originOf("hosts"),
                    "Conflict with gateways " + String.join(",", names) + " (workload selector "
                            + Selection.text(server.selector()) + ", port " + port + ", hosts "
                            + String.join(",", server.server().texts("hosts")) + ").");
        }
    }

    private static boolean sameHost(Opened server, Opened other) {
        return server.server().text("bind").equals(other.server().text("bind"))
                && other.server().texts("hosts").stream()
                        .anyMatch(host -> server.server().texts("hosts").contains(host));
    }

    private static boolean samePods(Map<String, String> a, Map<String, String> b, Items items) {
        if (a.equals(b)) {
            return true;
        }
        boolean nested = a.entrySet().containsAll(b.entrySet()) || b.entrySet().containsAll(a.entrySet());
        return nested
                && items.of("Pod").stream()
                        .anyMatch(pod -> Selection.takes(a, pod.labels()) && Selection.takes(b, pod.labels()));
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ports of gateways that the service in front of their pods does not have, and gateways that no pod serves. */
final class GatewayPorts implements Analyzer {

    @Override
    public String name() {
        return "gateway.IngressGatewayPortAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item gateway : items.of("Gateway")) {
            Map<String, String> selector = gateway.spec().textMap("selector");
            List<Item> pods = podsOf(selector, items);
            if (pods.isEmpty()) {
                report.notFound(gateway, gateway.spec().originOf("selector"), "selector", Selection.text(selector));
            } else {
                Set<Long> ports = ports(pods, items);
                for (YamlNode.Mapping server : gateway.spec().objects("servers")) {
                    long port = server.object("port").integer("number", 0);
                    if (server.has("port") && !ports.contains(port)) {
                        report.add(
                                Code.GATEWAY_PORT_NOT_ON_SERVICE,
                                gateway,
                                server.object("port").originOf("number"),
                                "The gateway is listening on a target port (port " + port
                                        + ") that is not defined in the Service associated with its workload instances (Pod"
                                        + " selector " + Selection.text(selector)
                                        + "). If you need to access the gateway port through the gateway Service, it will not be"
                                        + " available.");
                    }
                }
            }
        }
    }

    static List<Item> podsOf(Map<String, String> selector, Items items) {
        List<Item> pods = new ArrayList<>();
        for (Item pod : items.of("Pod")) {
            if (Selection.takes(selector, pod.labels())) {
                pods.add(pod);
            }
        }
        return pods;
    }

    private static Set<Long> ports(List<Item> pods, Items items) {
        Set<Long> ports = new HashSet<>();
        for (Item service : items.of("Service")) {
            boolean front = pods.stream()
                    .anyMatch(pod -> pod.namespace().equals(service.namespace())
                            && Selection.takes(service.spec().textMap("selector"), pod.labels()));
            if (front) {
                for (YamlNode.Mapping port : service.spec().objects("ports")) {
                    ports.add(port.integer("port", 0));
                    ports.add(port.integer("targetPort", 0));
                }
            }
        }
        return ports;
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Deployments that several services select with ports that contradict each other. */
final class DeploymentServices implements Analyzer {

    @Override
    public String name() {
        return "deployment.MultiServiceAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item deployment : items.of("Deployment")) {
            boolean waypoint =
                    "istio.io-mesh-controller".equals(deployment.labels().get("gateway.istio.io/managed"));
            if (!waypoint && Membership.deploymentInMesh(deployment, items)) {
                List<Item> services = servicesOf(deployment, items);
                protocols(deployment, services, report);
                targets(deployment, services, report);
            }
        }
    }

    private static List<Item> servicesOf(Item deployment, Items items) {
        Map<String, String> labels =
                deployment.spec().object("template").object("metadata").textMap("labels");
        return items.of("Service").stream()
                .filter(service -> service.namespace().equals(deployment.namespace()))
                .filter(service -> !service.spec().textMap("selector").isEmpty())
                .filter(service -> Selection.takes(service.spec().textMap("selector"), labels))
                .toList();
    }

    private static void protocols(Item deployment, List<Item> services, Report report) {
        Map<Long, Map<String, TreeSet<String>>> ports = new TreeMap<>();
        for (Item service : services) {
            for (YamlNode.Mapping port : service.spec().objects("ports")) {
                String protocol = port.has("protocol") ? port.text("protocol") : "TCP";
                ports.computeIfAbsent(port.integer("port", 0), unknown -> new TreeMap<>())
                        .computeIfAbsent(protocol, unknown -> new TreeSet<>())
                        .add(service.fullName());
            }
        }
        ports.forEach((port, byProtocol) -> {
            if (byProtocol.size() > 1) {
                TreeSet<String> names = new TreeSet<>();
                byProtocol.values().forEach(names::addAll);
                report.add(
                        Code.DEPLOYMENT_IN_MULTIPLE_SERVICES,
                        deployment,
                        deployment.nameOrigin(),
                        "This deployment " + deployment.name() + " is associated with multiple services using port "
                                + port + " but different protocols: " + Texts.list(names));
            }
        });
    }

    private static void targets(Item deployment, List<Item> services, Report report) {
        Map<String, Map<Long, String>> targets = new TreeMap<>();
        for (Item service : services) {
            for (YamlNode.Mapping port : service.spec().objects("ports")) {
                String target = port.text("targetPort");
                String shown = target.isEmpty() || target.equals("0") ? port.text("port") : target;
                targets.computeIfAbsent(shown, unknown -> new TreeMap<>())
                        .put(port.integer("port", 0), service.fullName());
            }
        }
        targets.forEach((target, byPort) -> {
            if (byPort.size() > 1) {
                report.add(
                        Code.DEPLOYMENT_CONFLICTING_PORTS,
                        deployment,
                        deployment.nameOrigin(),
                        "This deployment " + deployment.name() + " is associated with multiple services "
                                + Texts.list(byPort.values().stream().sorted().toList()) + " using targetPort \""
                                + target
                                + "\" but different ports: " + Texts.list(byPort.keySet()) + ".");
            }
        });
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.Locale;
import java.util.Set;

/** Ports of services whose names do not tell a protocol, which then is guessed. */
final class PortNames implements Analyzer {

    private static final Set<String> PROTOCOLS = Set.of(
            "http", "http2", "https", "grpc", "tcp", "tls", "udp", "mongo", "redis", "mysql", "auto", "ws", "wss");
    private static final Set<String> PREFIXES_OF_TWO = Set.of("grpc-web");

    @Override
    public String name() {
        return "service.PortNameAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item service : items.of("Service")) {
            boolean control = "istiod".equals(service.labels().get("app"))
                    || "pilot".equals(service.labels().get("istio"))
                    || service.labels().containsKey("operator.istio.io/component")
                    || service.labels().containsKey("gateway.istio.io/managed");
            if (!control) {
                service.spec().objects("ports").forEach(port -> check(service, port, report));
            }
        }
    }

    private static void check(Item service, YamlNode.Mapping port, Report report) {
        boolean external = service.spec().text("type").equals("ExternalName");
        String name = port.text("name");
        if (known(port) && !(external && name.equals("tcp"))) {
            return;
        }
        if (external) {
            report.add(
                    Code.EXTERNAL_NAME_PORT_NAME,
                    service,
                    port.origin(),
                    "Port name for ExternalName service is invalid. Proxy may prevent tcp named ports and unmatched traffic for"
                            + " ports serving TCP protocol from being forwarded correctly");
            return;
        }
        String target = port.text("targetPort");
        report.add(
                Code.PORT_NAME_CONVENTION,
                service,
                port.origin(),
                "Port name " + name + " (port: " + port.text("port") + ", targetPort: "
                        + (target.isEmpty() ? "0" : target) + ") doesn't follow the naming convention of Istio port.");
    }

    private static boolean known(YamlNode.Mapping port) {
        // A protocol of the transport's own, and one that is told, need no name; these port numbers are known to speak
        // first.
        if (port.has("appProtocol") || port.text("protocol").equals("UDP")) {
            return true;
        }
        if (Set.of("25", "3306", "27017").contains(port.text("port"))) {
            return true;
        }
        String name = port.text("name").toLowerCase(Locale.ROOT);
        int dash = name.indexOf('-');
        return PREFIXES_OF_TWO.stream().anyMatch(name::startsWith)
                || PROTOCOLS.contains(dash < 0 ? name : name.substring(0, dash));
    }
}

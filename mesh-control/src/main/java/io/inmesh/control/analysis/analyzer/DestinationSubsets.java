package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.YamlNode;
import java.util.HashSet;
import java.util.Set;

/** Subsets that routes name and no DestinationRule has. */
final class DestinationSubsets implements Analyzer {

    @Override
    public String name() {
        return "virtualservice.DestinationRuleAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Set<String> known = new HashSet<>();
        for (Item rule : items.of("DestinationRule")) {
            for (YamlNode.Mapping subset : rule.spec().objects("subsets")) {
                known.add(host(rule.spec().text("host"), rule.namespace()) + "+" + subset.text("name"));
            }
        }
        for (Item service : items.of("VirtualService")) {
            for (Routes.Target target : Routes.targets(service)) {
                String subset = target.destination().text("subset");
                if (!subset.isEmpty() && !known.contains(host(target.host(), service.namespace()) + "+" + subset)) {
                    report.notFound(
                            service,
                            target.destination().originOf("subset"),
                            target.mirror() ? "mirror+subset in destinationrule" : "host+subset in destinationrule",
                            target.host() + "+" + subset);
                }
            }
        }
    }

    /** {@code name.namespace} and the full name of a service are one host. */
    private static String host(String written, String namespace) {
        String full = Hosts.fqdn(written, namespace);
        return full.endsWith(".svc.cluster.local")
                ? full
                : full.chars().filter(c -> c == '.').count() == 1 ? full + ".svc.cluster.local" : full;
    }
}

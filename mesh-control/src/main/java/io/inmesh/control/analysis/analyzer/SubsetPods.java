package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** DestinationRules for hosts that nobody offers, and subsets that no pod has the labels of. */
final class SubsetPods implements Analyzer {

    @Override
    public String name() {
        return "destinationrule.SubsetSelectPodAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Hosts hosts = Hosts.of(items);
        Labelled pods = new Labelled(items);
        for (Item rule : items.of("DestinationRule")) {
            String host = rule.spec().text("host");
            Optional<Hosts.Found> found = hosts.find(host, rule.namespace());
            if (found.isEmpty()) {
                report.add(
                        Code.UNKNOWN_DESTINATION_RULE_HOST,
                        rule,
                        rule.spec().originOf("host"),
                        "The host " + host
                                + " defined in the DestinationRule does not match any services in the mesh.");
                continue;
            }
            for (YamlNode.Mapping subset : rule.spec().objects("subsets")) {
                Map<String, String> wanted = new HashMap<>(subset.textMap("labels"));
                if (found.get().item().kind().equals("ServiceEntry")) {
                    found.get().selector().forEach(wanted::putIfAbsent);
                }
                if (!pods.have(wanted)) {
                    report.add(
                            Code.SUBSET_SELECTS_NO_PODS,
                            rule,
                            subset.originOf("name"),
                            "The Subset " + subset.text("name")
                                    + " defined in the DestinationRule does not select any pods. Which may lead to 503 UH"
                                    + " (NoHealthyUpstream).");
                }
            }
        }
    }

    /** The different labels of workloads, of which there are far fewer than workloads; answers are kept. */
    private static final class Labelled {

        private final Set<Map<String, String>> labels = new HashSet<>();
        private final Map<Map<String, String>, Boolean> answers = new HashMap<>();

        Labelled(Items items) {
            items.of("Pod").forEach(pod -> labels.add(pod.labels()));
            items.of("WorkloadEntry").forEach(entry -> labels.add(entry.spec().textMap("labels")));
            for (Item entry : items.of("ServiceEntry")) {
                entry.spec().objects("endpoints").forEach(endpoint -> labels.add(endpoint.textMap("labels")));
            }
            for (String kind : List.of("Deployment", "StatefulSet", "DaemonSet")) {
                for (Item template : items.of(kind)) {
                    labels.add(template.spec()
                            .object("template")
                            .object("metadata")
                            .textMap("labels"));
                }
            }
        }

        boolean have(Map<String, String> wanted) {
            return answers.computeIfAbsent(
                    wanted, unknown -> labels.stream().anyMatch(known -> Selection.takes(wanted, known)));
        }
    }
}

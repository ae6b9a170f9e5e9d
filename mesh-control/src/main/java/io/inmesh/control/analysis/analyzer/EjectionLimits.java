package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Outlier detections that can never eject, because one host is more than the percentage that may be out. Ours (MESH0002). */
final class EjectionLimits implements Analyzer {

    /** What Envoy takes where nothing is written. */
    private static final long DEFAULT_PERCENT = 10;

    private static final long ALL = 100;

    @Override
    public String name() {
        return "destinationrule.EjectionLimitAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Hosts hosts = Hosts.of(items);
        for (Item rule : items.of("DestinationRule")) {
            List<YamlNode.Mapping> detections = detections(rule.spec());
            Optional<Hosts.Found> found = detections.isEmpty()
                    ? Optional.empty()
                    : hosts.find(rule.spec().text("host"), rule.namespace());
            int size = found.map(service -> size(service, items)).orElse(0);
            for (YamlNode.Mapping detection : size == 0 ? List.<YamlNode.Mapping>of() : detections) {
                long percent = detection.integer("maxEjectionPercent", DEFAULT_PERCENT);
                if (percent * size < ALL) {
                    report.add(
                            Code.NEVER_EJECTS,
                            rule,
                            detection.originOf("maxEjectionPercent"),
                            "This outlier detection can never eject: one of " + size + " hosts is "
                                    + ALL / size + " %, and maxEjectionPercent is " + percent + ". With " + size
                                    + " hosts it takes at least " + (ALL + size - 1) / size + ".");
                }
            }
        }
    }

    private static List<YamlNode.Mapping> detections(YamlNode.Mapping spec) {
        List<YamlNode.Mapping> policies = new ArrayList<>(List.of(spec.object("trafficPolicy")));
        policies.addAll(spec.object("trafficPolicy").objects("portLevelSettings"));
        return policies.stream()
                .filter(policy -> policy.has("outlierDetection"))
                .map(policy -> policy.object("outlierDetection"))
                .toList();
    }

    private static int size(Hosts.Found found, Items items) {
        if (found.item().kind().equals("ServiceEntry")) {
            return found.item().spec().list("endpoints").size();
        }
        return found.selector().isEmpty()
                ? 0
                : items.pods(found.item().namespace(), found.selector()).size();
    }
}

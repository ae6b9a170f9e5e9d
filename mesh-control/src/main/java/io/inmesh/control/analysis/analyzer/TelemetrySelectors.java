package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Telemetries that select the same pods or nobody, and more than one of a namespace without a selector. */
final class TelemetrySelectors implements Analyzer {

    @Override
    public String name() {
        return "telemetry.SelectorAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        SelectorConflicts conflicts = new SelectorConflicts(
                telemetry -> telemetry.spec().object("selector").textMap("matchLabels"),
                Code.CONFLICTING_TELEMETRY_SELECTORS,
                "Telemetries");
        conflicts
                .selected(items.of("Telemetry"), items, "selector", report)
                .forEach((pod, telemetries) -> conflicts.conflicts(pod, telemetries, report));
        Map<String, List<Item>> without = items.of("Telemetry").stream()
                .filter(telemetry -> !telemetry.spec().has("selector")
                        && !telemetry.spec().has("targetRef")
                        && !telemetry.spec().has("targetRefs"))
                .collect(Collectors.groupingBy(Item::namespace, LinkedHashMap::new, Collectors.toList()));
        SelectorConflicts.without(Code.MULTIPLE_TELEMETRIES_WITHOUT_SELECTORS, "Telemetries", without, report);
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sidecars that select the same pods, nobody, or workloads of the ambient mode. */
final class SidecarSelectors implements Analyzer {

    @Override
    public String name() {
        return "sidecar.SelectorAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        SelectorConflicts conflicts = new SelectorConflicts(
                sidecar -> sidecar.spec().object("workloadSelector").textMap("labels"),
                Code.CONFLICTING_SIDECAR_SELECTORS,
                "Sidecars");
        conflicts
                .selected(items.of("Sidecar"), items, "workloadSelector", report)
                .forEach((pod, sidecars) -> {
                    if (Membership.ambientPod(pod)) {
                        ineffective(sidecars, "selected workload is in ambient mode, the policy has no impact", report);
                    } else {
                        conflicts.conflicts(pod, sidecars, report);
                    }
                });
        Map<String, List<Item>> without = items.of("Sidecar").stream()
                .filter(sidecar -> sidecar.spec()
                        .object("workloadSelector")
                        .textMap("labels")
                        .isEmpty())
                .collect(Collectors.groupingBy(Item::namespace, LinkedHashMap::new, Collectors.toList()));
        items.of("Namespace").stream()
                .filter(Membership::ambientNamespace)
                .map(namespace -> without.remove(namespace.name()))
                .filter(sidecars -> sidecars != null)
                .forEach(sidecars ->
                        ineffective(sidecars, "namespace is in ambient mode, the policy has no impact", report));
        SelectorConflicts.without(Code.MULTIPLE_SIDECARS_WITHOUT_SELECTORS, "Sidecars", without, report);
    }

    private static void ineffective(List<Item> sidecars, String why, Report report) {
        sidecars.forEach(sidecar -> report.add(
                Code.INEFFECTIVE_POLICY, sidecar, sidecar.nameOrigin(), "The policy has no impact: " + why + "."));
    }
}

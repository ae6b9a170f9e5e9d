package io.inmesh.control.analysis.semantic;

import java.util.HashSet;
import java.util.Set;

/** DestinationRule: host, subsets and where it is exported to. Stateless. */
final class DestinationRuleCheck {

    private DestinationRuleCheck() {}

    static void check(Spot spec, String namespace) {
        HostNames.wildcard(spec.text("host")).ifPresent(wrong -> spec.refuse("host", wrong));
        TrafficPolicyCheck.check(spec.object("trafficPolicy"));
        Set<String> names = new HashSet<>();
        for (Spot subset : spec.objects("subsets")) {
            String name = subset.text("name");
            subset.refuseIf(!names.add(name), "name", "duplicate subset names: " + name);
            subset.refuseIf(!HostNames.isLabel(name), "name", "subset name \"" + name + "\" is invalid");
            TrafficPolicyCheck.check(subset.object("trafficPolicy"));
        }
        CommonChecks.exportTo(spec, namespace, false);
        CommonChecks.selector(spec.object("workloadSelector"), "matchLabels");
        boolean beyond =
                spec.value().texts("exportTo").stream().anyMatch(to -> !to.equals(".") && !to.equals(namespace));
        spec.refuseIf(
                spec.has("workloadSelector") && beyond,
                "exportTo",
                "destination rule with workload selector cannot have exportTo beyond current namespace");
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Policies that select no workload of the mesh, or name namespaces that are not there. */
final class AuthorizationPolicies implements Analyzer {

    @Override
    public String name() {
        return "auth.AuthorizationPoliciesAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<String, List<Item>> workloads = new HashMap<>(items.of("Pod").stream()
                .filter(pod -> Membership.podInMesh(pod, items) || Membership.ambientPod(pod))
                .collect(Collectors.groupingBy(Item::namespace)));
        for (Item policy : items.of("AuthorizationPolicy")) {
            boolean targeted = policy.spec().has("targetRef") || policy.spec().has("targetRefs");
            if (!targeted) {
                selected(policy, workloads, items.rootNamespace(), report);
            }
            namespaces(policy, items, report);
        }
    }

    private static void selected(Item policy, Map<String, List<Item>> workloads, String root, Report report) {
        boolean selects = policy.spec().has("selector");
        Map<String, String> selector = policy.spec().object("selector").textMap("matchLabels");
        boolean meshWide = policy.namespace().equals(root);
        if (meshWide && !selects) {
            return;
        }
        boolean found = meshWide
                ? workloads.values().stream().anyMatch(pods -> any(pods, selector))
                : any(workloads.getOrDefault(policy.namespace(), List.of()), selector);
        if (!found) {
            report.add(
                    Code.NO_MATCHING_WORKLOADS,
                    policy,
                    policy.spec().originOf("selector"),
                    "No matching workloads for this resource with the following labels: " + Selection.text(selector));
        }
    }

    private static boolean any(List<Item> pods, Map<String, String> selector) {
        return pods.stream().anyMatch(pod -> Selection.takes(selector, pod.labels()));
    }

    private static void namespaces(Item policy, Items items, Report report) {
        for (YamlNode.Mapping rule : policy.spec().objects("rules")) {
            for (YamlNode.Mapping from : rule.objects("from")) {
                for (String field : List.of("namespaces", "notNamespaces")) {
                    for (YamlNode name : from.object("source").list(field)) {
                        String pattern = ((YamlNode.Scalar) name).text();
                        if (!known(pattern, items)) {
                            report.notFound(policy, name.origin(), "namespace", pattern);
                        }
                    }
                }
            }
        }
    }

    private static boolean known(String pattern, Items items) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        return wanted.equals("*")
                || items.of("Namespace").stream().map(Item::name).anyMatch(name -> matches(wanted, name));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.startsWith("*")) {
            return name.endsWith(pattern.substring(1));
        }
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}

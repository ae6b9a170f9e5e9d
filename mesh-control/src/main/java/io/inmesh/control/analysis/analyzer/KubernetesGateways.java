package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import java.util.List;
import java.util.Map;

/** Policies that select pods of a Kubernetes gateway by labels, which has no effect there; and CRDs of it that are too old. */
final class KubernetesGateways implements Analyzer {

    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
    private static final Map<String, List<Integer>> LEAST = Map.of(
            "grpcroutes.gateway.networking.k8s.io", List.of(1, 1, 0),
            "backendtlspolicies.gateway.networking.k8s.io", List.of(1, 4, 0),
            "tlsroutes.gateway.networking.k8s.io", List.of(1, 5, 0),
            "tcproutes.gateway.networking.k8s.io", List.of(1, 6, 0));

    @Override
    public String name() {
        return "k8sgateway.SelectorAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (String kind : List.of("AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin")) {
            for (Item policy : items.of(kind)) {
                if (policy.spec().has("selector") && !policy.spec().has("targetRef")) {
                    selector(policy, items, report);
                }
            }
        }
        items.of("CustomResourceDefinition").forEach(definition -> version(definition, report));
    }

    private static void selector(Item policy, Items items, Report report) {
        for (Item pod :
                items.pods(policy.namespace(), policy.spec().object("selector").textMap("matchLabels"))) {
            String gateway = pod.labels().get(GATEWAY_NAME);
            if (gateway != null) {
                report.add(
                        Code.INEFFECTIVE_SELECTOR,
                        policy,
                        policy.spec().originOf("selector"),
                        "Ineffective selector on Kubernetes Gateway " + gateway + ". Use the TargetRef field instead.");
            }
        }
    }

    private static void version(Item definition, Report report) {
        List<Integer> least = LEAST.get(definition.name());
        String written = definition.annotations().getOrDefault("gateway.networking.k8s.io/bundle-version", "");
        if (least == null || !written.matches("v?[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}(-.*)?")) {
            return;
        }
        String version = written.replaceFirst("^v", "");
        String[] parts = version.replaceFirst("-.*", "").split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            int difference = Integer.compare(Integer.parseInt(parts[i]), least.get(i));
            if (difference > 0) {
                return;
            }
            if (difference < 0) {
                report.add(
                        Code.GATEWAY_API_CRD_VERSION,
                        definition,
                        definition.nameOrigin(),
                        "Gateway API CRD \"" + definition.name() + "\" is at version \"" + version
                                + "\" but Istio requires at least \"" + least.get(0) + "." + least.get(1) + "."
                                + least.get(2)
                                + "\"; resources of this kind will not be processed. Upgrade the Gateway API CRDs to satisfy"
                                + " the minimum version.");
                return;
            }
        }
    }
}

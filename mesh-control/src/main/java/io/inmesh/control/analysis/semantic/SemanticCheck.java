package io.inmesh.control.analysis.semantic;

import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What Istio's own validation refuses or warns of in a resource of the right shape. Stateless.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/">Istio's configuration reference</a>
 */
public final class SemanticCheck {

    private SemanticCheck() {}

    /** What is wrong with a resource of one of Istio's groups; nothing is said of other kinds. */
    public static List<Finding> of(YamlNode.Mapping resource) {
        List<Finding> findings = new ArrayList<>();
        Spot spec = new Spot(resource.object("spec"), "spec", findings);
        String namespace = resource.object("metadata").text("namespace");
        switch (resource.text("kind")) {
            case "Gateway" -> GatewayCheck.check(spec);
            case "DestinationRule" -> DestinationRuleCheck.check(spec, namespace);
            case "VirtualService" -> VirtualServiceCheck.check(spec, namespace);
            case "ServiceEntry" -> ServiceEntryCheck.check(spec, namespace);
            case "WorkloadEntry" -> WorkloadCheck.entry(spec);
            case "WorkloadGroup" -> WorkloadCheck.group(spec);
            case "Sidecar" -> SidecarCheck.check(spec);
            case "AuthorizationPolicy" -> AuthorizationPolicyCheck.check(spec);
            case "RequestAuthentication" -> RequestAuthenticationCheck.check(spec);
            case "PeerAuthentication" -> CommonChecks.selector(spec.object("selector"), "matchLabels");
            case "Telemetry" -> TelemetryCheck.check(spec);
            default -> {}
        }
        return findings;
    }
}

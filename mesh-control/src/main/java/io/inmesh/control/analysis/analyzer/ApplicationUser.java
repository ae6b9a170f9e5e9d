package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;

/** Applications that run as the user whose packets a sidecar's rules let pass. */
final class ApplicationUser implements Analyzer {

    private static final String SIDECARS_USER = "1337";

    @Override
    public String name() {
        return "applicationUID.Analyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        items.of("Pod").forEach(pod -> check(pod, pod.spec(), report));
        for (Item deployment : items.of("Deployment")) {
            check(deployment, deployment.spec().object("template").object("spec"), report);
        }
    }

    private static void check(Item item, YamlNode.Mapping podSpec, Report report) {
        if ("istiod".equals(item.labels().get("app")) || item.labels().containsKey("operator.istio.io/component")) {
            return;
        }
        user(item, podSpec, report);
        for (YamlNode.Mapping container : podSpec.objects("containers")) {
            String name = container.text("name");
            if (!name.equals("istio-proxy") && !name.equals("istio-operator")) {
                user(item, container, report);
            }
        }
    }

    private static void user(Item item, YamlNode.Mapping part, Report report) {
        YamlNode.Mapping context = part.object("securityContext");
        if (context.text("runAsUser").equals(SIDECARS_USER)) {
            report.add(
                    Code.INVALID_APPLICATION_UID,
                    item,
                    context.originOf("runAsUser"),
                    "User ID (UID) 1337 is reserved for the sidecar proxy.");
        }
    }
}

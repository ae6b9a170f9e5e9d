package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Istio's webhooks whose address in another cluster is blank, no address at all, or a number that may change. */
final class ExternalControlPlane implements Analyzer {

    @Override
    public String name() {
        return "externalcontrolplane.ExternalControlPlaneAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (String kind : List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")) {
            for (Item configuration : items.of(kind)) {
                String name = configuration.name();
                if (name.equals("istiod-default-validator")
                        || name.startsWith("istio-validator")
                        || name.startsWith("istio-sidecar-injector")) {
                    configuration.root().objects("webhooks").forEach(webhook -> check(configuration, webhook, report));
                }
            }
        }
    }

    private static void check(Item configuration, YamlNode.Mapping webhook, Report report) {
        YamlNode.Mapping client = webhook.object("clientConfig");
        if (client.has("service")) {
            return;
        }
        String url = client.text("url");
        try {
            String host = new URI(url).getHost();
            if (url.isEmpty()) {
                invalid(configuration, webhook, url, "is blank", report);
            } else if (host != null && (host.matches("[0-9.]+") || host.startsWith("["))) {
                report.add(
                        Code.EXTERNAL_CONTROL_PLANE_NOT_A_HOSTNAME,
                        configuration,
                        client.originOf("url"),
                        "The address (" + url + ") that was provided for the webhook (" + webhook.text("name")
                                + ") to reach the ingress gateway on the external control plane cluster is an IP address. This"
                                + " is not recommended for a production environment.");
            }
        } catch (URISyntaxException notAUrl) {
            invalid(configuration, webhook, url, "was provided in an invalid format", report);
        }
    }

    private static void invalid(Item configuration, YamlNode.Mapping webhook, String url, String why, Report report) {
        report.add(
                Code.INVALID_EXTERNAL_CONTROL_PLANE,
                configuration,
                webhook.object("clientConfig").originOf("url"),
                "The hostname (" + url + ") that was provided for the webhook (" + webhook.text("name")
                        + ") to reach the ingress gateway on the external control plane cluster " + why
                        + ". Traffic may not flow properly.");
    }
}

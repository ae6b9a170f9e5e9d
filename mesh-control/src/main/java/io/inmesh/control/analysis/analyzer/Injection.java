package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where sidecars are injected and are not. Only told where there is injection at all: a mesh in process has namespaces without it,
 * and its pods say that they want none.
 */
final class Injection implements Analyzer {

    private static final String REVISION = "istio.io/rev";
    private static final String INJECTION = "istio-injection";
    private static final String MODE = "istio.io/dataplane-mode";

    @Override
    public String name() {
        return "injection.Analyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        boolean injected = items.of("Namespace").stream()
                .anyMatch(namespace -> namespace.labels().containsKey(INJECTION)
                        || namespace.labels().containsKey(REVISION));
        if (!injected) {
            return;
        }
        Set<String> enabled = new HashSet<>();
        for (Item namespace : items.of("Namespace")) {
            if (!namespace.name().equals("istio-system")) {
                namespace(namespace, items, enabled, report);
            }
        }
        for (Item pod : items.of("Pod")) {
            if (enabled.contains(pod.namespace())) {
                pod(pod, report);
            }
        }
    }

    private static void namespace(Item namespace, Items items, Set<String> enabled, Report report) {
        Map<String, String> labels = namespace.labels();
        String injection = labels.getOrDefault(INJECTION, "");
        List<String> found = new ArrayList<>();
        if (labels.containsKey(INJECTION)) {
            found.add(INJECTION + "=" + injection);
        }
        for (String label : List.of(REVISION, MODE)) {
            if (labels.containsKey(label) && (!labels.containsKey(INJECTION) || injection.equals("enabled"))) {
                found.add(label + "=" + labels.get(label));
            }
        }
        if (found.size() > 1) {
            report.add(
                    Code.NAMESPACE_MULTIPLE_INJECTION_LABELS,
                    namespace,
                    namespace.root().object("metadata").originOf("labels"),
                    "The namespace has more than one type of injection labels " + Texts.list(found)
                            + ", which may lead to undefined behavior. Make sure only one injection label exists.");
        }
        if ("ambient".equals(labels.get(MODE))) {
            return;
        }
        if (injection.isEmpty() && !labels.containsKey(REVISION)) {
            without(namespace, items, report);
        } else if (injection.equals("enabled")) {
            enabled.add(namespace.name());
        }
    }

    private static void without(Item namespace, Items items, Report report) {
        if (byDefault(items)) {
            report.add(
                    Code.NAMESPACE_INJECTED_BY_DEFAULT,
                    namespace,
                    namespace.nameOrigin(),
                    "is enabled for Istio injection, as Istio is installed with enableNamespacesByDefault as true.");
            return;
        }
        String name = namespace.name();
        report.add(
                Code.NAMESPACE_NOT_INJECTED,
                namespace,
                namespace.nameOrigin(),
                "The namespace is not enabled for Istio injection. Run 'kubectl label namespace " + name
                        + " istio-injection=enabled' to enable it, or 'kubectl label namespace " + name
                        + " istio-injection=disabled' to explicitly mark it as not needing injection.");
    }

    private static void pod(Item pod, Report report) {
        String inject = pod.labels()
                .getOrDefault("sidecar.istio.io/inject", pod.annotations().getOrDefault("sidecar.istio.io/inject", ""));
        boolean unwanted = inject.equalsIgnoreCase("false")
                || pod.spec().text("hostNetwork").equals("true");
        if (!unwanted && Membership.proxy(pod.spec()).isEmpty()) {
            report.add(
                    Code.POD_MISSING_PROXY,
                    pod,
                    pod.nameOrigin(),
                    "The pod " + pod.fullName()
                            + " is missing the Istio proxy. This can often be resolved by restarting or redeploying the workload.");
        }
    }

    private static boolean byDefault(Items items) {
        return items.of("ConfigMap").stream()
                .filter(map -> map.name().equals("istio-sidecar-injector"))
                .map(Injection::values)
                .anyMatch(values -> values.object("sidecarInjectorWebhook")
                        .text("enableNamespacesByDefault")
                        .equals("true"));
    }

    /** The values that an injector's ConfigMap holds as text. */
    static YamlNode.Mapping values(Item map) {
        byte[] text = map.root().object("data").text("values").getBytes(StandardCharsets.UTF_8);
        try {
            for (YamlNode document : YamlReader.documents(map.origin().file(), text, YamlLimits.DEFAULT)) {
                if (document instanceof YamlNode.Mapping values) {
                    return values;
                }
            }
        } catch (InvalidResourceException unreadable) {
            // then nothing is known of the injector
        }
        return new YamlNode.Mapping(Map.of(), map.origin());
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Injecting webhooks of which two take the same pods, or whose service is not there. */
final class Webhooks implements Analyzer {

    private static final String REVISION = "istio.io/rev";

    /** One webhook of a configuration. */
    private record Hook(Item configuration, YamlNode.Mapping webhook) {

        String name() {
            return configuration.fullName() + "/" + webhook.text("name");
        }

        boolean takes(Map<String, String> namespace, Map<String, String> object) {
            return Selection.takesExpressions(webhook.object("namespaceSelector"), namespace)
                    && Selection.takesExpressions(webhook.object("objectSelector"), object);
        }
    }

    @Override
    public String name() {
        return "webhook.Analyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        List<Hook> hooks = new ArrayList<>();
        Set<String> revisions = new LinkedHashSet<>(Set.of(""));
        for (Item configuration : items.of("MutatingWebhookConfiguration")) {
            List<YamlNode.Mapping> webhooks = configuration.root().objects("webhooks");
            Set<String> own = revisions(configuration, webhooks);
            boolean istios =
                    webhooks.stream().anyMatch(webhook -> webhook.text("name").endsWith("istio.io"));
            if (istios || !own.isEmpty()) {
                webhooks.forEach(webhook -> hooks.add(new Hook(configuration, webhook)));
                revisions.addAll(own);
            }
        }
        overlaps(hooks, revisions, report);
        hooks.forEach(hook -> service(hook, items, report));
    }

    private static Set<String> revisions(Item configuration, List<YamlNode.Mapping> webhooks) {
        Set<String> revisions = new TreeSet<>();
        if (configuration.labels().containsKey(REVISION)) {
            revisions.add(configuration.labels().get(REVISION));
        }
        for (YamlNode.Mapping webhook : webhooks) {
            for (String field : List.of("namespaceSelector", "objectSelector")) {
                YamlNode.Mapping selector = webhook.object(field);
                if (selector.object("matchLabels").has(REVISION)) {
                    revisions.add(selector.object("matchLabels").text(REVISION));
                }
                selector.objects("matchExpressions").stream()
                        .filter(expression -> expression.text("key").equals(REVISION))
                        .forEach(expression -> revisions.addAll(expression.texts("values")));
            }
        }
        return revisions;
    }

    /** Every combination of labels that decides about injection is tried. */
    private static void overlaps(List<Hook> hooks, Set<String> revisions, Report report) {
        for (Map<String, String> namespace : labels("istio-injection", List.of("enabled", "disabled"), revisions)) {
            for (Map<String, String> object : labels("sidecar.istio.io/inject", List.of("true", "false"), revisions)) {
                List<Hook> taking = hooks.stream()
                        .filter(hook -> hook.takes(namespace, object))
                        .toList();
                for (Hook hook : taking.size() > 1 ? taking : List.<Hook>of()) {
                    TreeSet<String> others = new TreeSet<>();
                    taking.forEach(other -> others.add(other.name()));
                    others.remove(hook.name());
                    report.add(
                            Code.INVALID_WEBHOOK,
                            hook.configuration(),
                            hook.webhook().originOf("name"),
                            "Webhook overlaps with others: " + Texts.list(others)
                                    + ". This may cause injection to occur twice.");
                }
            }
        }
    }

    private static List<Map<String, String>> labels(String name, List<String> values, Set<String> revisions) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String revision : revisions) {
            Map<String, String> base = revision.isEmpty() ? Map.of() : Map.of(REVISION, revision);
            all.add(base);
            for (String value : values) {
                Map<String, String> with = new TreeMap<>(base);
                with.put(name, value);
                all.add(with);
            }
        }
        return all;
    }

    private static void service(Hook hook, Items items, Report report) {
        YamlNode.Mapping service = hook.webhook().object("clientConfig").object("service");
        String name = service.text("namespace") + "/" + service.text("name");
        if (!service.entries().isEmpty() && items.find("Service", name).isEmpty()) {
            report.add(
                    Code.INVALID_WEBHOOK,
                    hook.configuration(),
                    service.originOf("name"),
                    "Injector refers to a control plane service that does not exist: " + name + ".");
        }
    }
}

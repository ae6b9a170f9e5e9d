package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Resources of a kind of which one at most may select a pod: which of them select the same, and which nothing. Stateless. */
final class SelectorConflicts {

    private final Function<Item, Map<String, String>> selector;
    private final Code conflict;
    private final String plural;

    SelectorConflicts(Function<Item, Map<String, String>> selector, Code conflict, String plural) {
        this.selector = selector;
        this.conflict = conflict;
        this.plural = plural;
    }

    /** Pods with those that select them, after telling which select nobody. */
    Map<Item, List<Item>> selected(List<Item> resources, Items items, String field, Report report) {
        Map<Item, List<Item>> selected = new LinkedHashMap<>();
        for (Item resource : resources) {
            Map<String, String> labels = selector.apply(resource);
            if (!labels.isEmpty()) {
                List<Item> pods = items.pods(resource.namespace(), labels);
                if (pods.isEmpty()) {
                    report.notFound(resource, resource.spec().originOf(field), "selector", Selection.text(labels));
                }
                pods.forEach(pod -> selected.computeIfAbsent(pod, unknown -> new ArrayList<>())
                        .add(resource));
            }
        }
        return selected;
    }

    void conflicts(Item pod, List<Item> resources, Report report) {
        if (resources.size() > 1) {
            for (Item resource : resources) {
                report.add(
                        conflict,
                        resource,
                        resource.nameOrigin(),
                        "The " + plural + " " + Texts.names(resources) + " in namespace \"" + pod.namespace()
                                + "\" select the same workload pod \"" + pod.name()
                                + "\", which can lead to undefined behavior.");
            }
        }
    }

    static void without(Code code, String plural, Map<String, List<Item>> byNamespace, Report report) {
        byNamespace.forEach((namespace, resources) -> {
            if (resources.size() > 1) {
                resources.forEach(resource -> report.add(
                        code,
                        resource,
                        resource.nameOrigin(),
                        "The " + plural + " " + Texts.names(resources) + " in namespace \"" + namespace
                                + "\" have no workload selector, which can lead to undefined behavior."));
            }
        });
    }
}

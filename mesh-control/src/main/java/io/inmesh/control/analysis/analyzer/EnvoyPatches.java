package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashSet;
import java.util.Set;

/** Patches that do nothing where they stand, or depend on the order of others. They reach Envoys only and never us. */
final class EnvoyPatches implements Analyzer {

    @Override
    public String name() {
        return "envoyfilter.EnvoyPatchAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Set<String> versioned = new HashSet<>();
        for (Item filter : items.of("EnvoyFilter")) {
            for (YamlNode.Mapping patch : filter.spec().objects("configPatches")) {
                if (!patch.has("patch")) {
                    break;
                }
                String name = nameOf(patch);
                operation(filter, patch, versioned.contains(name), report);
                if (patch.object("match").object("proxy").has("proxyVersion")) {
                    versioned.add(name);
                }
            }
        }
    }

    private static String nameOf(YamlNode.Mapping patch) {
        YamlNode.Mapping value = patch.object("patch").object("value");
        if (value.entries().isEmpty() || value.has("name")) {
            return value.text("name");
        }
        return patch.object("match")
                .object("listener")
                .object("filterChain")
                .object("filter")
                .text("name");
    }

    private static void operation(Item filter, YamlNode.Mapping patch, boolean versioned, Report report) {
        String applied = patch.text("applyTo");
        boolean route = applied.equals("ROUTE_CONFIGURATION") || applied.equals("HTTP_ROUTE");
        switch (patch.object("patch").text("operation")) {
            case "ADD" -> {
                if (route) {
                    add(Code.ENVOY_FILTER_ADD_INCORRECT, filter, patch, ignored("ADD"), report);
                }
            }
            case "REMOVE" -> {
                if (route) {
                    add(Code.ENVOY_FILTER_REMOVE_INCORRECT, filter, patch, ignored("REMOVE"), report);
                } else {
                    relative(filter, patch, versioned, report);
                }
            }
            case "REPLACE" -> {
                if (Set.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST").contains(applied)) {
                    relative(filter, patch, versioned, report);
                } else {
                    String text = "The REPLACE operation is only valid for HTTP_FILTER and NETWORK_FILTER.";
                    add(Code.ENVOY_FILTER_REPLACE_INCORRECT, filter, patch, text, report);
                }
            }
            case "INSERT_BEFORE", "INSERT_AFTER" -> relative(filter, patch, versioned, report);
            default -> {}
        }
    }

    private static String ignored(String operation) {
        return "The " + operation
                + " operation will be ignored when applyTo is set to ROUTE_CONFIGURATION, or HTTP_ROUTE.";
    }

    private static void relative(Item filter, YamlNode.Mapping patch, boolean versioned, Report report) {
        if (filter.spec().integer("priority", 0) != 0) {
            return;
        }
        if (versioned) {
            add(
                    Code.ENVOY_FILTER_RELATIVE_WITH_VERSION,
                    filter,
                    patch,
                    "This EnvoyFilter does not have a priority and has a relative patch operation and proxyVersion set which can"
                            + " cause the EnvoyFilter not to be applied during an upgrade. Using the INSERT_FIRST or ADD option or"
                            + " setting the priority may help in ensuring the EnvoyFilter is applied correctly.",
                    report);
        } else {
            add(
                    Code.ENVOY_FILTER_RELATIVE_OPERATION,
                    filter,
                    patch,
                    "This EnvoyFilter does not have a priority and has a relative patch operation set which can cause the"
                            + " EnvoyFilter not to be applied. Using the INSERT_FIRST of ADD option or setting the priority may"
                            + " help in ensuring the EnvoyFilter is applied correctly.",
                    report);
        }
    }

    private static void add(Code code, Item filter, YamlNode.Mapping patch, String text, Report report) {
        report.add(code, filter, patch.object("patch").originOf("operation"), text);
    }
}

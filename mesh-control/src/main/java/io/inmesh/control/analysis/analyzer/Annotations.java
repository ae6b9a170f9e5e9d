package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Istio's annotations that it does not know, that stand in the wrong place, are deprecated or have no sense. */
final class Annotations implements Analyzer {

    /** Set by istiod itself. */
    private static final Set<String> IGNORED =
            Set.of("sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev");

    private final Map<String, List<String>> kinds = new HashMap<>();
    private final Set<String> deprecated = new HashSet<>();

    Annotations() {
        try (InputStream in = Annotations.class.getResourceAsStream("annotations.yaml")) {
            if (in == null) {
                throw new IllegalStateException("annotations.yaml is not on the class path");
            }
            YamlNode.Mapping read =
                    (YamlNode.Mapping) YamlReader.documents("annotations.yaml", in.readAllBytes(), YamlLimits.DEFAULT)
                            .get(0);
            for (String part : List.of("current", "deprecated")) {
                YamlNode.Mapping known = read.object(part);
                known.entries().keySet().forEach(name -> kinds.put(name, known.texts(name)));
            }
            deprecated.addAll(read.object("deprecated").entries().keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "annotations.K8sAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (String kind : List.of("Namespace", "Service", "Pod", "Deployment")) {
            for (Item item : items.of(kind)) {
                item.annotations().forEach((name, value) -> {
                    if (istios(name) && !IGNORED.contains(name)) {
                        check(item, name, value, report);
                    }
                });
            }
        }
    }

    private static boolean istios(String name) {
        int slash = name.indexOf('/');
        return name.equals("kubernetes.io/ingress.class")
                || (slash < 0 ? name : name.substring(0, slash)).endsWith("istio.io");
    }

    private void check(Item item, String name, String value, Report report) {
        Origin origin = item.root().object("metadata").object("annotations").originOf(name);
        List<String> places = kinds.get(name);
        if (places == null) {
            report.add(Code.UNKNOWN_ANNOTATION, item, origin, "Unknown annotation: " + name);
            return;
        }
        boolean inject = name.equals("sidecar.istio.io/inject");
        if (deprecated.contains(name) && !(inject && item.labels().containsKey(name))) {
            String instead = inject ? " in favor of the \"sidecar.istio.io/inject\" label" : "";
            report.add(
                    Code.DEPRECATED_ANNOTATION,
                    item,
                    origin,
                    "Annotation \"" + name + "\" has been deprecated" + instead
                            + " and may not work in future Istio versions.");
        }
        if (places.contains("Any")) {
            return;
        }
        if (!places.contains(item.kind())) {
            report.add(
                    Code.MISPLACED_ANNOTATION,
                    item,
                    origin,
                    "Misplaced annotation: " + name + " can only be applied to " + String.join(", ", places));
        } else {
            AnnotationValues.problem(name, value)
                    .ifPresent(problem -> report.add(
                            Code.INVALID_ANNOTATION, item, origin, "Invalid annotation " + name + ": " + problem));
        }
    }
}

package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Pods whose sidecar is of another image than their namespace's injector gives. */
final class InjectedImages implements Analyzer {

    private static final String INJECTOR = "istio-sidecar-injector";

    @Override
    public String name() {
        return "injection.ImageAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Map<String, String> images = new HashMap<>();
        for (Item map : items.of("ConfigMap")) {
            if (map.name().startsWith(INJECTOR)) {
                images.put(map.name(), image(Injection.values(map).object("global")));
            }
        }
        Map<String, TreeSet<String>> mismatched = new TreeMap<>();
        for (Item pod : items.of("Pod")) {
            items.find("Namespace", pod.namespace())
                    .flatMap(InjectedImages::injector)
                    .map(images::get)
                    .filter(image -> differs(pod, image))
                    .ifPresent(image -> mismatched
                            .computeIfAbsent(pod.namespace(), unknown -> new TreeSet<>())
                            .add(pod.name()));
        }
        mismatched.forEach((name, pods) -> items.find("Namespace", name)
                .ifPresent(namespace -> report.add(
                        Code.PROXY_IMAGE_MISMATCH,
                        namespace,
                        namespace.nameOrigin(),
                        "The Istio proxy images of the pods running in the namespace do not match the image defined in the"
                                + " injection configuration (pod names: " + Texts.list(pods)
                                + "). This often happens after upgrading the Istio control-plane and can be fixed by redeploying"
                                + " the pods.")));
    }

    private static Optional<String> injector(Item namespace) {
        String revision = namespace.labels().get("istio.io/rev");
        if (revision != null) {
            return Optional.of(revision.isEmpty() || revision.equals("default") ? INJECTOR : INJECTOR + "-" + revision);
        }
        return "enabled".equals(namespace.labels().get("istio-injection")) ? Optional.of(INJECTOR) : Optional.empty();
    }

    private static boolean differs(Item pod, String image) {
        if (pod.annotations().containsKey("sidecar.istio.io/proxyImage")) {
            return false;
        }
        String type = pod.annotations().getOrDefault("sidecar.istio.io/proxyImageType", "");
        return Membership.proxy(pod.spec())
                .map(proxy -> proxy.text("image"))
                .filter(used -> !used.equals(image) && !used.equals(image + "-" + type))
                .isPresent();
    }

    private static String image(YamlNode.Mapping global) {
        String image = global.object("proxy").text("image");
        return image.contains("/") ? image : global.text("hub") + "/" + image + ":" + global.text("tag");
    }
}

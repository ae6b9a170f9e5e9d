package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resources that are analysed together, found by kind and by name. Immutable once made. */
public final class Items {

    private static final Map<String, String> ISTIO_GROUPS = Map.of("Gateway", "networking.istio.io");

    private final Map<String, List<Item>> kinds = new LinkedHashMap<>();
    private final Map<String, Item> names = new HashMap<>();
    private final Map<String, List<Item>> pods = new HashMap<>();
    private final YamlNode.Mapping meshConfig;

    /** Resources with the mesh's own settings, which may be empty; Istio's ingress gateway is taken to be there, as istioctl does. */
    public Items(Collection<Item> items, Optional<YamlNode.Mapping> meshConfig) {
        List<Item> all = new ArrayList<>(items);
        all.addAll(IngressGateway.unlessAmong(items));
        for (Item item : all) {
            String kind = kindOf(item);
            // Of two with one name the first counts, as in the mesh.
            if (names.putIfAbsent(kind + " " + item.fullName(), item) != null) {
                continue;
            }
            kinds.computeIfAbsent(kind, unknown -> new ArrayList<>()).add(item);
            if (kind.equals("Pod")) {
                pods.computeIfAbsent(item.namespace(), unknown -> new ArrayList<>())
                        .add(item);
            }
        }
        this.meshConfig = meshConfig.orElseGet(() -> new YamlNode.Mapping(Map.of(), new Origin("", 1)));
    }

    /** Kubernetes' own gateways share their kind with Istio's. */
    private static String kindOf(Item item) {
        String wanted = ISTIO_GROUPS.getOrDefault(item.kind(), item.group());
        return wanted.equals(item.group()) ? item.kind() : "Kubernetes" + item.kind();
    }

    List<Item> of(String kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    Optional<Item> find(String kind, String fullName) {
        return Optional.ofNullable(names.get(kind + " " + fullName));
    }

    List<Item> pods(String namespace) {
        return pods.getOrDefault(namespace, List.of());
    }

    /** The pods of a namespace that a selector takes. */
    List<Item> pods(String namespace, Map<String, String> selector) {
        return pods(namespace).stream()
                .filter(pod -> Selection.takes(selector, pod.labels()))
                .toList();
    }

    YamlNode.Mapping meshConfig() {
        return meshConfig;
    }

    String rootNamespace() {
        String written = meshConfig.text("rootNamespace");
        return written.isEmpty() ? "istio-system" : written;
    }
}

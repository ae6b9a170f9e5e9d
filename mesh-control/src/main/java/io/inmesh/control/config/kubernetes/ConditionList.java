package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list {@code status.conditions} of an object, in which everybody keeps the conditions of others. */
final class ConditionList {

    private ConditionList() {}

    static Optional<Map<String, Object>> find(GenericKubernetesResource object, String type) {
        return all(object).stream()
                .filter(condition -> type.equals(condition.get("type")))
                .findFirst();
    }

    /** The object with this condition in the place of that of its type. */
    static GenericKubernetesResource with(GenericKubernetesResource object, Map<String, Object> condition) {
        List<Map<String, Object>> conditions = new ArrayList<>(all(object));
        conditions.removeIf(each -> String.valueOf(condition.get("type")).equals(each.get("type")));
        conditions.add(condition);
        Map<String, Object> status =
                new LinkedHashMap<>(map(object.getAdditionalProperties().get("status")));
        status.put("conditions", conditions);
        Map<String, Object> fields = new LinkedHashMap<>(object.getAdditionalProperties());
        fields.put("status", status);
        GenericKubernetesResource changed = new GenericKubernetesResource();
        changed.setApiVersion(object.getApiVersion());
        changed.setKind(object.getKind());
        changed.setMetadata(object.getMetadata());
        changed.setAdditionalProperties(fields);
        return changed;
    }

    private static List<Map<String, Object>> all(GenericKubernetesResource object) {
        List<Map<String, Object>> all = new ArrayList<>();
        if (map(object.getAdditionalProperties().get("status")).get("conditions") instanceof List<?> list) {
            list.forEach(each -> all.add(map(each)));
        }
        return all;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> copy.put(String.valueOf(key), each));
        }
        return copy;
    }
}

package io.inmesh.conformance.config;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Resources of the four kinds, as JSON trees. Changing methods work on copies; a value is never changed after it was handed out. */
public final class Configuration {

    private final Map<ResourceKind, List<Map<String, Object>>> resources;

    Configuration(Map<ResourceKind, List<Map<String, Object>>> resources) {
        this.resources = resources;
    }

    /** The resources of a kind. */
    public List<Map<String, Object>> resources(ResourceKind kind) {
        return resources.getOrDefault(kind, List.of());
    }

    /** The edited configuration. */
    public Configuration with(List<Edit> edits) {
        Configuration copy = copy();
        edits.forEach(edit -> edit.apply(copy));
        return copy;
    }

    /** The resources of a kind, each serialised. */
    public List<byte[]> serialized(ResourceKind kind) {
        return resources(kind).stream()
                .map(resource -> Protos.bytes(kind, resource))
                .toList();
    }

    /** The resources of a kind as Envoy's own messages. */
    public List<Message> messages(ResourceKind kind) {
        return resources(kind).stream()
                .map(resource -> Protos.message(kind, resource))
                .toList();
    }

    Configuration keeping(ResourceKind kind, Predicate<Map<String, Object>> kept) {
        Configuration copy = copy();
        copy.resources(kind).removeIf(kept.negate());
        return copy;
    }

    /** Whether both say the same. */
    public boolean sameAs(Configuration other) {
        return resources.equals(other.resources);
    }

    /** A copy whose trees may be changed. */
    public Configuration copy() {
        Map<ResourceKind, List<Map<String, Object>>> copy = new EnumMap<>(ResourceKind.class);
        resources.forEach((kind, list) -> copy.put(kind, new ArrayList<>(Tree.copy(list))));
        return new Configuration(copy);
    }
}

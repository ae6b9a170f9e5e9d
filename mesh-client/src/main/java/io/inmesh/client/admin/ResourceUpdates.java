package io.inmesh.client.admin;

import io.inmesh.xds.decode.Rejection;
import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.state.ResourceSet;
import io.inmesh.xds.state.XdsResources;
import io.inmesh.xds.wire.Bytes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The resources in effect as they came, and when each of them last changed. Immutable. */
public final class ResourceUpdates {

    /** Nothing came. */
    public static final ResourceUpdates NONE = new ResourceUpdates(Map.of());

    private final Map<ResourceType, Type> types;

    private ResourceUpdates(Map<ResourceType, Type> types) {
        this.types = types;
    }

    /** What is in effect from now on. A resource whose bytes are the same keeps its version and time, as in Envoy. */
    public ResourceUpdates after(XdsResources resources, Instant now) {
        Map<ResourceType, Type> next = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            next.put(type, of(type).after(set(resources, type), now));
        }
        return new ResourceUpdates(next);
    }

    Type of(ResourceType type) {
        return types.getOrDefault(type, Type.NONE);
    }

    private static ResourceSet<?> set(XdsResources resources, ResourceType type) {
        return switch (type) {
            case CLUSTER -> resources.clusters();
            case LOAD_ASSIGNMENT -> resources.loadAssignments();
            case LISTENER -> resources.listeners();
            case ROUTE_CONFIGURATION -> resources.routeConfigurations();
        };
    }

    /**
     * The resources of one type, in the order of their coming.
     *
     * @param version of the last response
     */
    record Type(String version, Map<String, Update> byName, List<Rejection> rejections, Instant lastResponse) {

        static final Type NONE = new Type("", Map.of(), List.of(), Instant.EPOCH);

        Type after(ResourceSet<?> set, Instant now) {
            Map<String, Update> updates = new LinkedHashMap<>();
            set.wire().forEach((name, wire) -> {
                Update before = byName.get(name);
                boolean same = before != null && before.wire().equals(wire);
                updates.put(name, same ? before : new Update(name, wire, set.version(), now));
            });
            return new Type(set.version(), updates, set.rejections(), now);
        }
    }

    /** A resource, the version of the response that changed it last, and when that was. */
    record Update(String name, Bytes wire, String version, Instant at) {}
}

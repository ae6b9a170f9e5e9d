package io.inmesh.control.push;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources of one scope as they are now, by type and name, and the views that are told of changes. */
final class Table {

    private final Map<XdsType, Map<String, EncodedResource>> byType = new EnumMap<>(XdsType.class);
    private final Map<XdsType, Long> sums = new EnumMap<>(XdsType.class);
    private final Set<View> views = new LinkedHashSet<>();

    Table() {
        for (XdsType type : XdsType.values()) {
            byType.put(type, new LinkedHashMap<>());
            sums.put(type, 0L);
        }
    }

    @Nullable
    EncodedResource find(XdsType type, String name) {
        return of(type).get(name);
    }

    Collection<EncodedResource> all(XdsType type) {
        return of(type).values();
    }

    /** Changes if any resource of the type does, and is the same after a restart. */
    long sum(XdsType type) {
        return sums.getOrDefault(type, 0L);
    }

    Set<View> views() {
        return views;
    }

    /** Takes one list of resources in the place of another. */
    void replace(XdsType type, List<EncodedResource> before, List<EncodedResource> now) {
        Map<String, EncodedResource> some = of(type);
        Set<String> gone = new LinkedHashSet<>();
        before.forEach(resource -> gone.add(resource.name()));
        for (EncodedResource resource : now) {
            gone.remove(resource.name());
            EncodedResource old = some.put(resource.name(), resource);
            if (!resource.equals(old)) {
                add(type, old, -1);
                add(type, resource, 1);
                views.forEach(view -> view.touched(type, resource.name()));
            }
        }
        for (String name : gone) {
            add(type, some.remove(name), -1);
            views.forEach(view -> view.touched(type, name));
        }
    }

    private Map<String, EncodedResource> of(XdsType type) {
        return byType.getOrDefault(type, Map.of());
    }

    private void add(XdsType type, @Nullable EncodedResource resource, int sign) {
        if (resource != null) {
            long part = (resource.hash() ^ 31L * resource.name().hashCode()) * 0x9E3779B97F4A7C15L;
            sums.merge(type, sign * part, Long::sum);
        }
    }
}

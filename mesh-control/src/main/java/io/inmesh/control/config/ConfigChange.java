package io.inmesh.control.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is other than before. Immutable.
 *
 * @param upserted what is new or changed, by {@link Meta#id()}
 * @param gone ids of what is there no longer
 */
public record ConfigChange(Map<String, Resource> upserted, Set<String> gone) {

    public static final ConfigChange NOTHING = new ConfigChange(Map.of(), Set.of());

    /** This change and one after it as one. */
    public ConfigChange then(ConfigChange later) {
        Map<String, Resource> all = new LinkedHashMap<>(upserted);
        later.gone.forEach(all::remove);
        all.putAll(later.upserted);
        Set<String> removed = new LinkedHashSet<>(gone);
        removed.addAll(later.gone);
        removed.removeAll(all.keySet());
        return new ConfigChange(all, removed);
    }

    /** What leads from one state to another. */
    static ConfigChange between(Map<String, Resource> before, Map<String, Resource> now) {
        Map<String, Resource> upserted = new LinkedHashMap<>();
        now.forEach((id, resource) -> {
            if (!resource.equals(before.get(id))) {
                upserted.put(id, resource);
            }
        });
        Set<String> gone = new LinkedHashSet<>(before.keySet());
        gone.removeAll(now.keySet());
        return new ConfigChange(upserted, gone);
    }
}

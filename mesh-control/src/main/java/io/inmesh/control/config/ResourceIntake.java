package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes objects one by one, as an API server tells of them: each becomes a typed resource, or keeps its last good version and gives a
 * problem. Thread-safe: one thread writes at a time.
 */
public final class ResourceIntake {

    private static final int DEEPEST = 64;

    private final ResourceReader reader = new ResourceReader("default");
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();
    private volatile @Nullable ConfigSnapshot snapshot;

    /**
     * Takes an object that is new or changed.
     *
     * @param object maps, lists, texts, numbers, flags
     * @param origin says where it was written
     */
    public synchronized ConfigChange upsert(Map<?, ?> object, String origin) {
        Origin where = new Origin(origin, 1);
        ResourceReader.Result result;
        try {
            result = reader.read(node(object, where, 0));
        } catch (InvalidResourceException invalid) {
            result = new ResourceReader.Result(
                    Optional.empty(), Optional.empty(), List.of(Problem.of(origin, invalid)), true);
        }
        snapshot = null;
        String id = result.id().orElse(origin);
        problems.remove(id);
        if (!result.problems().isEmpty()) {
            problems.put(id, result.problems());
        }
        Resource before = resources.get(id);
        Optional<Resource> now = result.failed() && before != null ? Optional.of(before) : result.resource();
        if (now.isEmpty()) {
            resources.remove(id);
            return before == null ? ConfigChange.NOTHING : new ConfigChange(Map.of(), Set.of(id));
        }
        resources.put(id, now.get());
        return now.get().equals(before) ? ConfigChange.NOTHING : new ConfigChange(Map.of(id, now.get()), Set.of());
    }

    /** Forgets an object. */
    public synchronized ConfigChange remove(String kind, String namespace, String name) {
        String id = kind + " " + namespace + "/" + name;
        snapshot = null;
        problems.remove(id);
        return resources.remove(id) == null ? ConfigChange.NOTHING : new ConfigChange(Map.of(), Set.of(id));
    }

    /** What is wrong with an object as it was told last. */
    public synchronized List<Problem> problems(String kind, String namespace, String name) {
        return problems.getOrDefault(kind + " " + namespace + "/" + name, List.of());
    }

    /** Everything as it is now. */
    public synchronized ConfigSnapshot snapshot(boolean complete) {
        ConfigSnapshot known = snapshot;
        if (known == null || known.complete() != complete) {
            List<Problem> all = new ArrayList<>();
            problems.values().forEach(all::addAll);
            known = new ConfigSnapshot(List.copyOf(resources.values()), all, complete);
            snapshot = known;
        }
        return known;
    }

    /** Everything as a change from nothing. */
    public synchronized ConfigChange everything() {
        return new ConfigChange(new LinkedHashMap<>(resources), Set.of());
    }

    private static YamlNode node(@Nullable Object value, Origin origin, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidResourceException(origin, "", "is nested deeper than " + DEEPEST + " levels");
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, YamlNode> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(String.valueOf(key), node(entry, origin, depth + 1)));
            return new YamlNode.Mapping(entries, origin);
        }
        if (value instanceof List<?> list) {
            List<YamlNode> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item, origin, depth + 1)));
            return new YamlNode.Sequence(items, origin);
        }
        boolean text = value instanceof CharSequence;
        return new YamlNode.Scalar(value == null ? "null" : value.toString(), !text, origin);
    }
}

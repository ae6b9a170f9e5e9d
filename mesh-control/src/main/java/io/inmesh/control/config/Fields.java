package io.inmesh.control.config;

import io.inmesh.control.yaml.EditDistance;
import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a resource, field by field. What nobody asked for is reported when the object is done, so that no written field is
 * ever without effect in silence. Used by one thread.
 */
final class Fields {

    private final YamlNode.Mapping mapping;
    private final String path;
    private final Report report;
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(YamlNode.Mapping mapping, String path, Report report) {
        this.mapping = mapping;
        this.path = path;
        this.report = report;
    }

    Origin origin() {
        return mapping.origin();
    }

    Report report() {
        return report;
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        return find(name) != null;
    }

    Origin originOf(String name) {
        YamlNode node = find(name);
        return node == null ? origin() : node.origin();
    }

    Optional<String> text(String name) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(Scalars.text(node, at(name)));
    }

    String required(String name) {
        String text = text(name).orElse("");
        if (text.isEmpty()) {
            throw invalid(name, "is required");
        }
        return text;
    }

    OptionalInt integer(String name, int least, int most) {
        YamlNode node = find(name);
        return node == null
                ? OptionalInt.empty()
                : OptionalInt.of(Math.toIntExact(Scalars.integer(node, at(name), least, most)));
    }

    Optional<Long> unsigned(String name) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(Scalars.integer(node, at(name), 0, 0xFFFF_FFFFL));
    }

    Optional<Integer> unsignedPercent(String name) {
        OptionalInt percent = integer(name, 0, 100);
        return percent.isPresent() ? Optional.of(percent.getAsInt()) : Optional.empty();
    }

    /** A value that may be a number or text, such as a target port. */
    Optional<String> textOrNumber(String name) {
        YamlNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        throw invalid(name, "must be text or a number, not " + node.describe());
    }

    Optional<Double> number(String name, double least, double most) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(Scalars.number(node, at(name), least, most));
    }

    Optional<Boolean> flag(String name) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(Scalars.flag(node, at(name)));
    }

    Optional<Duration> duration(String name) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(Scalars.duration(node, at(name)));
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(text.get())) {
                return Optional.of(value);
            }
        }
        throw invalid(name, "'" + text.get() + "' is none of " + Arrays.toString(type.getEnumConstants()));
    }

    <T> Optional<T> object(String name, Function<Fields, T> read) {
        YamlNode node = find(name);
        return node == null ? Optional.empty() : Optional.of(read(node, at(name), read));
    }

    <T> List<T> list(String name, Function<Fields, T> read) {
        List<T> values = new ArrayList<>();
        List<YamlNode> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            values.add(read(items.get(i), at(name) + "[" + i + "]", read));
        }
        return List.copyOf(values);
    }

    List<String> texts(String name) {
        List<String> values = new ArrayList<>();
        List<YamlNode> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            values.add(Scalars.text(items.get(i), at(name) + "[" + i + "]"));
        }
        return List.copyOf(values);
    }

    List<Integer> integers(String name, int least, int most) {
        List<Integer> values = new ArrayList<>();
        List<YamlNode> items = items(name);
        for (int i = 0; i < items.size(); i++) {
            values.add(Math.toIntExact(Scalars.integer(items.get(i), at(name) + "[" + i + "]", least, most)));
        }
        return List.copyOf(values);
    }

    /** An object whose keys are the operator's own, such as labels; in written order. */
    <T> Map<String, T> map(String name, Function<Fields, T> read) {
        Map<String, T> values = new LinkedHashMap<>();
        entries(name).forEach((key, node) -> values.put(key, read(node, at(name) + "[" + key + "]", read)));
        return Map.copyOf(values);
    }

    Map<String, String> textMap(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        entries(name).forEach((key, node) -> values.put(key, Scalars.text(node, at(name) + "[" + key + "]")));
        return Map.copyOf(values);
    }

    Map<String, Integer> portMap(String name) {
        Map<String, Integer> values = new LinkedHashMap<>();
        entries(name)
                .forEach((key, node) ->
                        values.put(key, Math.toIntExact(Scalars.integer(node, at(name) + "[" + key + "]", 1, 65_535))));
        return Map.copyOf(values);
    }

    Map<String, Integer> percentMap(String name) {
        Map<String, Integer> values = new LinkedHashMap<>();
        entries(name)
                .forEach((key, node) ->
                        values.put(key, Math.toIntExact(Scalars.integer(node, at(name) + "[" + key + "]", 1, 100))));
        return Map.copyOf(values);
    }

    /** Fields of Istio or Kubernetes that mean something there and have no effect here yet. */
    void unsupported(String... names) {
        for (String name : names) {
            YamlNode node = find(name);
            if (node != null) {
                report.unsupported(node.origin(), at(name), "is not supported yet and has no effect");
            }
        }
    }

    /** Fields that say nothing to a mesh, such as a container's image. */
    void irrelevant(String... names) {
        asked.addAll(List.of(names));
    }

    /** Every field that is left says nothing to a mesh. */
    void restIrrelevant() {
        asked.addAll(mapping.entries().keySet());
    }

    InvalidResourceException invalid(String name, String reason) {
        return new InvalidResourceException(originOf(name), at(name), reason);
    }

    void finish() {
        mapping.entries().forEach((name, node) -> {
            if (!asked.contains(name)) {
                report.unsupported(node.origin(), at(name), "unknown field" + nearest(name));
            }
        });
    }

    private String nearest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String known : asked) {
            if (EditDistance.within(lower, known.toLowerCase(Locale.ROOT), 2)) {
                return "; did you mean '" + known + "'?";
            }
        }
        return "";
    }

    private <T> T read(YamlNode node, String at, Function<Fields, T> read) {
        if (!(node instanceof YamlNode.Mapping object)) {
            throw new InvalidResourceException(node.origin(), at, "must be an object, not " + node.describe());
        }
        Fields fields = new Fields(object, at, report);
        T value = read.apply(fields);
        fields.finish();
        return value;
    }

    private List<YamlNode> items(String name) {
        YamlNode node = find(name);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw invalid(name, "must be a list, not " + node.describe());
        }
        return sequence.items();
    }

    private Map<String, YamlNode> entries(String name) {
        YamlNode node = find(name);
        if (node == null) {
            return Map.of();
        }
        if (!(node instanceof YamlNode.Mapping object)) {
            throw invalid(name, "must be an object, not " + node.describe());
        }
        return object.entries();
    }

    private @Nullable YamlNode find(String name) {
        asked.add(name);
        YamlNode node = mapping.entries().get(name);
        return node instanceof YamlNode.Scalar scalar && scalar.isNull() ? null : node;
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

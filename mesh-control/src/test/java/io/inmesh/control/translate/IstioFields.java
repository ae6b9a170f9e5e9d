package io.inmesh.control.translate;

import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every field of Istio's resources, from its CRDs: path (such as {@code http[].match[].uri.exact}) to JSON schema. */
final class IstioFields {

    /** A key that is right for every map: a label, a header, a port. */
    private static final String KEY = "80";

    private IstioFields() {}

    /** One kind and its fields, in the order of the paths. */
    record Kind(String group, String name, Map<String, Map<String, Object>> fields) {}

    static Map<String, Kind> byKind() {
        Map<String, Kind> kinds = new TreeMap<>();
        for (Object document : documents()) {
            Map<String, Object> spec = object(object(document).get("spec"));
            String kind = (String) object(spec.get("names")).get("kind");
            Map<String, Map<String, Object>> fields = new TreeMap<>();
            collect(specSchema(spec), "", fields);
            kinds.put(kind, new Kind((String) spec.get("group"), kind, fields));
        }
        return kinds;
    }

    private static Iterable<Object> documents() {
        try {
            String text = Files.readString(Peers.shared("istio/crds.yaml"));
            LoadSettings settings =
                    LoadSettings.builder().setCodePointLimit(1 << 24).build();
            return new Load(settings).loadAllFromString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> specSchema(Map<String, Object> crd) {
        for (Object version : (List<?>) crd.get("versions")) {
            if (Boolean.TRUE.equals(object(version).get("storage"))) {
                Map<String, Object> schema =
                        object(object(object(version).get("schema")).get("openAPIV3Schema"));
                return object(object(schema.get("properties")).get("spec"));
            }
        }
        throw new IllegalArgumentException("a CRD without a stored version");
    }

    private static void collect(Map<String, Object> schema, String path, Map<String, Map<String, Object>> fields) {
        if (isRepetition(path)) {
            fields.put(path, schema);
        } else if (schema.containsKey("properties")) {
            object(schema.get("properties"))
                    .forEach(
                            (name, child) -> collect(object(child), path.isEmpty() ? name : path + "." + name, fields));
        } else if (schema.containsKey("items")) {
            collect(object(schema.get("items")), path + "[]", fields);
        } else if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            collect(object(values), path + "{}", fields);
        } else {
            fields.put(path, schema);
        }
    }

    /** A subset's or a port's policy has the fields of the destination's own; a table that repeats them hides the rest. */
    private static boolean isRepetition(String path) {
        return path.equals("subsets[].trafficPolicy")
                || (path.startsWith("trafficPolicy.portLevelSettings[].")
                        && path.chars().filter(c -> c == '.').count() == 2);
    }

    /** A resource's spec with fields added to it, each named by its path. */
    static Map<String, Object> with(Map<String, Object> base, Map<String, Object> fields) {
        Map<String, Object> copy = deepCopy(base);
        fields.forEach((path, value) -> put(copy, path, value));
        return copy;
    }

    private static void put(Map<String, Object> into, String path, Object value) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        String name = step.replace("[]", "").replace("{}", "");
        if (step.endsWith("[]")) {
            List<Object> list = list(into, name);
            if (rest.isEmpty()) {
                list.set(0, value);
            } else {
                Map<String, Object> element = new LinkedHashMap<>(object(list.get(0)));
                list.set(0, element);
                put(element, rest, value);
            }
        } else if (step.endsWith("{}")) {
            Map<String, Object> map = child(into, name);
            put(map, rest.isEmpty() ? KEY : KEY + "." + rest, value);
        } else if (rest.isEmpty()) {
            into.put(name, value);
        } else {
            put(child(into, name), rest, value);
        }
    }

    @SuppressWarnings("unchecked") // lists of this test's own making
    private static List<Object> list(Map<String, Object> into, String name) {
        return (List<Object>) into.computeIfAbsent(name, n -> new java.util.ArrayList<>(List.of(Map.of())));
    }

    private static Map<String, Object> child(Map<String, Object> into, String name) {
        return object(into.computeIfAbsent(name, n -> new LinkedHashMap<String, Object>()));
    }

    private static Map<String, Object> deepCopy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, copyOf(value)));
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            return deepCopy(object(map));
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new java.util.ArrayList<>();
            list.forEach(element -> copy.add(copyOf(element)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked") // YAML objects have text keys
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}

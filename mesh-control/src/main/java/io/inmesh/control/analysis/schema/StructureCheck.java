package io.inmesh.control.analysis.schema;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.analysis.schema.Schema.Combination;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a value has the shape that its schema asks for; says what is wrong in the words of the API server. Used by one thread. */
public final class StructureCheck {

    private static final int MOST = 100;

    private final ScalarCheck scalars;
    private final List<Finding> findings = new ArrayList<>();

    private StructureCheck(Patterns patterns) {
        scalars = new ScalarCheck(patterns, this::refuse);
    }

    /** What is wrong with the fields of a resource; a hundred findings at most. */
    public static List<Finding> of(Schema schema, YamlNode value, String path, Patterns patterns) {
        StructureCheck check = new StructureCheck(patterns);
        check.check(schema, value, path);
        return check.findings;
    }

    private void check(Schema schema, YamlNode value, String path) {
        if (value instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            if (!schema.nullable()) {
                String wanted = schema.type().json();
                refuse(
                        value,
                        path,
                        "Invalid value: \"null\": " + path + " in body must be of type " + wanted + ": \"null\"");
            }
            return;
        }
        if (!hasType(schema.type(), value)) {
            String wanted = schema.type().json();
            String found = Json.typeOf(value);
            refuse(
                    value,
                    path,
                    "Invalid value: \"" + found + "\": " + path + " in body must be of type " + wanted + ": \"" + found
                            + "\"");
            return;
        }
        if (value instanceof YamlNode.Mapping object) {
            object(schema, object, path);
        } else if (value instanceof YamlNode.Sequence list) {
            list(schema, list, path);
        } else if (value instanceof YamlNode.Scalar scalar) {
            scalars.check(schema, scalar, path);
        }
        schema.combinations().forEach(combination -> combined(combination, value, path));
    }

    private static boolean hasType(Schema.Type type, YamlNode value) {
        String found = Json.typeOf(value);
        return switch (type) {
            case ANY -> true;
            case INTEGER_OR_TEXT -> found.equals("integer") || found.equals("string");
            case NUMBER -> found.equals("number") || found.equals("integer");
            case INTEGER -> found.equals("integer") || Json.isWhole(value);
            default -> found.equals(type.json());
        };
    }

    private void object(Schema schema, YamlNode.Mapping object, String path) {
        for (String name : schema.required()) {
            if (!object.entries().containsKey(name)) {
                refuse(object, Json.at(path, name), "Required value");
            }
        }
        if (schema.type() == Schema.Type.OBJECT && schema.fields().isEmpty()) {
            scalars.count(schema.limits(), object.entries().size(), "properties", object, path);
        }
        object.entries().forEach((name, value) -> {
            Schema field = schema.fields().get(name);
            if (field != null) {
                check(field, value, Json.at(path, name));
            } else if (schema.values().isPresent()) {
                check(schema.values().get(), value, Json.at(path, name));
            } else if (!schema.open() && schema.type() == Schema.Type.OBJECT) {
                unknown(schema, name, value, path);
            }
        });
    }

    private void unknown(Schema schema, String name, YamlNode value, String path) {
        add(new Finding(
                Code.UNKNOWN_FIELD,
                value.origin(),
                Json.at(path, name),
                "unknown field \"" + Json.at(path, name) + "\""
                        + NearestName.of(name, schema.fields().keySet())
                                .map(nearest -> "; did you mean '" + nearest + "'?")
                                .orElse("")));
    }

    private void list(Schema schema, YamlNode.Sequence list, String path) {
        scalars.count(schema.limits(), list.items().size(), "items", list, path);
        for (int i = 0; i < list.items().size(); i++) {
            if (schema.items().isPresent()) {
                check(schema.items().get(), list.items().get(i), path + "[" + i + "]");
            }
        }
        if (schema.unique() || !schema.keys().isEmpty()) {
            different(schema, list, path);
        }
    }

    private void different(Schema schema, YamlNode.Sequence list, String path) {
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            String identity = schema.unique() || !(item instanceof YamlNode.Mapping object)
                    ? Json.text(item)
                    : Json.text(keysOf(schema.keys(), object));
            if (!seen.add(identity)) {
                refuse(item, path + "[" + i + "]", "Duplicate value: " + identity);
            }
        }
    }

    private static YamlNode keysOf(List<String> keys, YamlNode.Mapping object) {
        return new YamlNode.Mapping(
                object.entries().entrySet().stream()
                        .filter(entry -> keys.contains(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                object.origin());
    }

    private void combined(Combination combination, YamlNode value, String path) {
        long holding = combination.members().stream()
                .filter(member -> holds(member, value, path))
                .count();
        boolean fine =
                switch (combination.mode()) {
                    case ALL -> holding == combination.members().size();
                    case ANY -> holding > 0;
                    case ONE -> holding == 1;
                    case NOT -> holding == 0;
                };
        if (!fine) {
            refuse(value, path, "Invalid value: " + reason(combination, holding, path));
        }
    }

    private boolean holds(Schema member, YamlNode value, String path) {
        StructureCheck alone = new StructureCheck(scalars.patterns());
        alone.check(member, value, path);
        return alone.findings.isEmpty();
    }

    private static String reason(Combination combination, long holding, String path) {
        Set<String> names = new LinkedHashSet<>();
        combination.members().forEach(member -> names.addAll(member.required()));
        String which = names.isEmpty() ? "" : "; set one of " + String.join(", ", names);
        return switch (combination.mode()) {
            case ONE ->
                "\"" + path + "\" must validate one and only one schema (oneOf). Found "
                        + (holding == 0 ? "none" : holding) + " valid" + which;
            case ANY -> "\"" + path + "\" must validate at least one schema (anyOf)" + which;
            case ALL -> "\"" + path + "\" must validate all the schemas (allOf)";
            case NOT -> "\"" + path + "\" must not validate the schema (not)";
        };
    }

    private void refuse(YamlNode value, String path, String reason) {
        add(Finding.invalid(value.origin(), path, reason));
    }

    private void add(Finding finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }
}

package io.inmesh.control.analysis.schema;

import io.inmesh.control.analysis.schema.Schema.Rule;
import io.inmesh.control.yaml.YamlNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads our own model of the resources, in which a type is written once however often it is used:
 *
 * <pre>
 * kinds:
 * - {group: g, kind: K, versions: [v1], spec: TypeOfSpec, required: true}
 * types:
 *   Name: {$is: text 1..63, $rules: [{rule: ..., message: ...}]}
 *   Thing: {name*: Name, others: "[Thing] ..16 by name", $atMostOne: [[a, b]]}
 * </pre>
 *
 * A star marks a required field; how a value is written says {@link TypeNotation}. Used by one thread.
 */
final class SchemaNotation {

    private final Map<String, YamlNode.Mapping> written = new HashMap<>();
    private final Map<String, Schema> read = new HashMap<>();
    private final TypeNotation types = new TypeNotation(this::named);

    Schemas read(List<YamlNode.Mapping> files) {
        for (YamlNode.Mapping file : files) {
            file.object("types").entries().forEach((name, type) -> written.put(name, (YamlNode.Mapping) type));
        }
        Map<String, Map<String, Schema>> kinds = new LinkedHashMap<>();
        for (YamlNode.Mapping file : files) {
            for (YamlNode.Mapping kind : file.objects("kinds")) {
                Map<String, Schema> versions = new LinkedHashMap<>();
                Schema resource = resource(kind);
                kind.texts("versions").forEach(version -> versions.put(version, resource));
                kinds.put(kind.text("group") + "/" + kind.text("kind"), versions);
            }
        }
        return new Schemas(kinds);
    }

    private Schema resource(YamlNode.Mapping kind) {
        SchemaDraft draft = new SchemaDraft(Schema.Type.OBJECT);
        draft.fields.put("spec", types.read(kind.text("spec")));
        draft.fields.put("status", types.read("Status"));
        if (kind.text("required").equals("true")) {
            draft.required.add("spec");
        }
        return draft.done();
    }

    private Schema named(String name) {
        Schema known = read.get(name);
        if (known == null) {
            YamlNode.Mapping type = written.get(name);
            if (type == null) {
                throw new IllegalArgumentException("the type " + name + " is not written");
            }
            known = schema(type);
            read.put(name, known);
        }
        return known;
    }

    private Schema schema(YamlNode.Mapping type) {
        SchemaDraft draft =
                type.has("$is") ? SchemaDraft.of(types.read(type.text("$is"))) : new SchemaDraft(Schema.Type.OBJECT);
        type.entries().forEach((name, value) -> {
            if (!name.startsWith("$")) {
                boolean required = name.endsWith("*");
                String field = required ? name.substring(0, name.length() - 1) : name;
                draft.fields.put(field, types.read(((YamlNode.Scalar) value).text()));
                if (required) {
                    draft.required.add(field);
                }
            }
        });
        draft.open |= type.text("$open").equals("true");
        for (YamlNode names : type.list("$atMostOne")) {
            draft.combinations.add(SchemaDraft.atMostOne(((YamlNode.Sequence) names)
                    .items().stream()
                            .map(item -> ((YamlNode.Scalar) item).text())
                            .toList()));
        }
        for (YamlNode.Mapping rule : type.objects("$rules")) {
            draft.rules.add(new Rule(rule.text("rule"), rule.text("message")));
        }
        return draft.done();
    }
}

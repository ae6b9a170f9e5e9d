package io.inmesh.control.analysis.schema;

import io.inmesh.control.analysis.schema.Schema.Combination;
import io.inmesh.control.analysis.schema.Schema.Rule;
import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the schemas in CustomResourceDefinitions. Stateless. */
public final class CrdReader {

    private static final int MOST_RULES = 10_000;

    private CrdReader() {}

    /**
     * The schemas of every definition among some documents; other documents say nothing here.
     *
     * @throws InvalidResourceException with the line of a definition that cannot be understood
     */
    public static Schemas read(List<YamlNode> documents) {
        Map<String, Map<String, Schema>> kinds = new LinkedHashMap<>();
        for (YamlNode document : documents) {
            if (document instanceof YamlNode.Mapping definition
                    && definition.text("kind").equals("CustomResourceDefinition")) {
                YamlNode.Mapping spec = definition.object("spec");
                String kind = spec.text("group") + "/" + spec.object("names").text("kind");
                kinds.put(kind, versions(spec));
            }
        }
        if (kinds.isEmpty()) {
            throw new InvalidResourceException(
                    documents.isEmpty()
                            ? new Origin("CRDs", 1)
                            : documents.get(0).origin(),
                    "",
                    "holds no CustomResourceDefinition");
        }
        return new Schemas(kinds);
    }

    private static Map<String, Schema> versions(YamlNode.Mapping spec) {
        Map<String, Schema> versions = new LinkedHashMap<>();
        for (YamlNode.Mapping version : spec.objects("versions")) {
            if (!version.text("served").equals("false")) {
                YamlNode.Mapping schema = version.object("schema").object("openAPIV3Schema");
                versions.put(version.text("name"), new Walk().schema(schema, "openAPIV3Schema"));
            }
        }
        return versions;
    }

    /** One definition's schema; counts its rules, because each costs a compilation. */
    private static final class Walk {

        private int rules;

        Schema schema(YamlNode.Mapping written, String path) {
            SchemaDraft draft = new SchemaDraft(type(written));
            draft.nullable = written.text("nullable").equals("true");
            draft.open = written.text("x-kubernetes-preserve-unknown-fields").equals("true");
            written.object("properties").entries().forEach((name, node) -> {
                if (node instanceof YamlNode.Mapping field) {
                    draft.fields.put(name, schema(field, path + "." + name));
                }
            });
            draft.required.addAll(written.texts("required"));
            if (written.entries().get("additionalProperties") instanceof YamlNode.Mapping values) {
                draft.values = schema(values, path + "{}");
            }
            if (written.entries().get("items") instanceof YamlNode.Mapping items) {
                draft.items = schema(items, path + "[]");
            }
            switch (written.text("x-kubernetes-list-type")) {
                case "map" -> draft.keys = List.copyOf(written.texts("x-kubernetes-list-map-keys"));
                case "set" -> draft.unique = true;
                default -> {}
            }
            draft.limits = limits(written);
            if (draft.type != Schema.Type.INTEGER_OR_TEXT) {
                combine(written, path, draft);
            }
            for (YamlNode.Mapping rule : written.objects("x-kubernetes-validations")) {
                add(rule, path, draft);
            }
            return draft.done();
        }

        private void add(YamlNode.Mapping rule, String path, SchemaDraft draft) {
            if (++rules > MOST_RULES) {
                throw new InvalidResourceException(rule.origin(), path, "more than " + MOST_RULES + " rules");
            }
            String expression = rule.text("rule");
            // A rule about a change says nothing about a resource that stands alone; the API server judges likewise.
            if (!expression.contains("oldSelf")) {
                String message = rule.text("message");
                draft.rules.add(new Rule(expression, message.isEmpty() ? "failed rule: " + expression : message));
            }
        }

        private void combine(YamlNode.Mapping written, String path, SchemaDraft draft) {
            combination(written, "anyOf", Combination.Mode.ANY, path, draft.combinations);
            combination(written, "oneOf", Combination.Mode.ONE, path, draft.combinations);
            if (written.entries().get("not") instanceof YamlNode.Mapping not) {
                draft.combinations.add(new Combination(Combination.Mode.NOT, List.of(member(not, path))));
            }
            for (YamlNode.Mapping all : written.objects("allOf")) {
                Schema member = member(all, path);
                draft.combinations.addAll(member.combinations());
                SchemaDraft rest = SchemaDraft.of(member);
                rest.combinations.clear();
                if (!rest.done().equals(withoutType())) {
                    draft.combinations.add(new Combination(Combination.Mode.ALL, List.of(rest.done())));
                }
            }
        }

        private static Schema withoutType() {
            SchemaDraft draft = new SchemaDraft(Schema.Type.ANY);
            draft.open = true;
            return draft.done();
        }

        private void combination(
                YamlNode.Mapping written, String name, Combination.Mode mode, String path, List<Combination> into) {
            List<Schema> members = new ArrayList<>();
            written.objects(name).forEach(member -> members.add(member(member, path)));
            if (!members.isEmpty()) {
                into.add(new Combination(mode, List.copyOf(members)));
            }
        }

        /** A member of a combination restricts values and says nothing about which fields there are. */
        private Schema member(YamlNode.Mapping written, String path) {
            SchemaDraft draft = SchemaDraft.of(schema(written, path));
            draft.open = true;
            return draft.done();
        }

        private static Schema.Type type(YamlNode.Mapping written) {
            if (written.text("x-kubernetes-int-or-string").equals("true")) {
                return Schema.Type.INTEGER_OR_TEXT;
            }
            return switch (written.text("type")) {
                case "object" -> Schema.Type.OBJECT;
                case "array" -> Schema.Type.LIST;
                case "string" -> Schema.Type.TEXT;
                case "integer" -> Schema.Type.INTEGER;
                case "number" -> Schema.Type.NUMBER;
                case "boolean" -> Schema.Type.FLAG;
                case "" -> Schema.Type.ANY;
                default ->
                    throw new InvalidResourceException(
                            written.originOf("type"), "type", "'" + written.text("type") + "' is no type of OpenAPI");
            };
        }

        private static Limits limits(YamlNode.Mapping written) {
            String pattern = written.text("pattern");
            List<String> allowed = written.texts("enum");
            return new Limits(
                    number(written, "minimum"),
                    number(written, "maximum"),
                    length(written, "minLength", "minItems", "minProperties"),
                    length(written, "maxLength", "maxItems", "maxProperties"),
                    pattern,
                    List.copyOf(allowed),
                    written.text("format").equals("double") ? "" : written.text("format"));
        }

        private static OptionalDouble number(YamlNode.Mapping written, String name) {
            return written.entries().get(name) instanceof YamlNode.Scalar scalar
                            && scalar.value() instanceof Number number
                    ? OptionalDouble.of(number.doubleValue())
                    : OptionalDouble.empty();
        }

        private static OptionalLong length(YamlNode.Mapping written, String... names) {
            for (String name : names) {
                if (written.has(name)) {
                    return OptionalLong.of(written.integer(name, 0));
                }
            }
            return OptionalLong.empty();
        }
    }
}

package io.inmesh.control.analysis.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrdReaderTest {

    private static final String CRD = """
            kind: CustomResourceDefinition
            spec:
              group: example.com
              names: {kind: Thing}
              versions:
              - name: v1
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties:
                          size: {type: integer, format: int32, minimum: 1, maximum: 5}
                          words: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                          color: {type: string, enum: [red, blue]}
                          when: {type: string, format: date-time}
                          port: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                          any: {type: object, x-kubernetes-preserve-unknown-fields: true}
                          either:
                            type: object
                            anyOf: [{required: [a]}, {required: [b]}]
                            properties: {a: {type: string, not: {enum: [bad]}}, b: {type: string}}
              - {name: v0, served: false, schema: {openAPIV3Schema: {type: object}}}
            """;

    private final Schemas schemas = CrdReader.read(documents(CRD));

    @Test
    void aResourceThatKeepsAllIsFine() {
        assertThat(judge("""
                size: 5
                words: [a, b]
                color: red
                when: 2026-01-02T03:04:05Z
                port: 80
                any: {x: {y: [1]}}
                either: {b: x}
                """)).isEmpty();
    }

    @Test
    void everyLimitIsSaidWithItsPath() {
        assertThat(judge("""
                size: 6
                words: [a, a]
                color: green
                when: yesterday
                port: [80]
                either: {a: bad}
                sise: 1
                """))
                .containsExactlyInAnyOrder(
                        "spec.size: Invalid value: 6: spec.size in body should be less than or equal to 5",
                        "spec.words[1]: Duplicate value: \"a\"",
                        "spec.color: Unsupported value: \"green\": supported values: \"red\", \"blue\"",
                        "spec.when: Invalid value: \"yesterday\": spec.when in body must be of type date-time: \"yesterday\"",
                        "spec.port: Invalid value: \"array\": spec.port in body must be of type integer or string: \"array\"",
                        "spec.either.a: Invalid value: \"spec.either.a\" must not validate the schema (not)",
                        "spec.sise: unknown field \"spec.sise\"; did you mean 'size'?");
        assertThat(judge("{either: {}}"))
                .containsExactly(
                        "spec.size: Required value",
                        "spec.either: Invalid value: \"spec.either\" must validate at least one schema (anyOf); set one of a, b");
    }

    @Test
    void whatIsNotServedIsNoVersion() {
        assertThat(schemas.versions("example.com", "Thing")).containsExactly("v1");
    }

    @Test
    void aFileWithoutDefinitionsIsRefused() {
        assertThatThrownBy(() -> CrdReader.read(documents("kind: Pod")))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("no CustomResourceDefinition");
        assertThatThrownBy(() -> CrdReader.read(documents(CRD.replace("type: integer, format", "type: whole, format"))))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("'whole' is no type of OpenAPI");
    }

    private List<String> judge(String spec) {
        YamlNode.Mapping written = (YamlNode.Mapping) documents(spec).get(0);
        Schema schema = schemas.find("example.com", "v1", "Thing").orElseThrow();
        return StructureCheck.of(schema.fields().get("spec"), written, "spec", new Patterns()).stream()
                .map(Finding::message)
                .toList();
    }

    private static List<YamlNode> documents(String text) {
        return YamlReader.documents("a.yaml", text.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
    }
}

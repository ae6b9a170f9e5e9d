package io.inmesh.control.analysis.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlReader;
import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnModelTest {

    private final Schemas own = OwnModel.read();

    @Test
    void hasTheShapeThatIstiosCrdsHave() throws IOException {
        Path file = Peers.shared("istio").resolve("crds.yaml");
        Schemas crds = CrdReader.read(YamlReader.documents("crds.yaml", Files.readAllBytes(file), YamlLimits.DEFAULT));
        assertThat(own.names()).isEqualTo(crds.names());
        for (String name : crds.names()) {
            String group = name.substring(0, name.indexOf('/'));
            String kind = name.substring(name.indexOf('/') + 1);
            assertThat(own.versions(group, kind)).as(name).isEqualTo(crds.versions(group, kind));
            for (String version : crds.versions(group, kind)) {
                same(
                        name,
                        own.find(group, version, kind).orElseThrow(),
                        crds.find(group, version, kind).orElseThrow());
            }
        }
    }

    /** Rules are written in words of our own: which messages they give, and in which order, is compared. */
    private static void same(String at, Schema ours, Schema theirs) {
        assertThat(ours.fields().keySet())
                .as(at)
                .containsExactlyInAnyOrderElementsOf(theirs.fields().keySet());
        theirs.fields()
                .forEach((name, field) -> same(at + "." + name, ours.fields().get(name), field));
        assertThat(ours.values().isPresent()).as(at).isEqualTo(theirs.values().isPresent());
        theirs.values().ifPresent(values -> same(at + "{}", ours.values().orElseThrow(), values));
        assertThat(ours.items().isPresent()).as(at).isEqualTo(theirs.items().isPresent());
        theirs.items().ifPresent(items -> same(at + "[]", ours.items().orElseThrow(), items));
        assertThat(ours.rules().stream().map(Schema.Rule::message))
                .as(at)
                .containsExactlyElementsOf(
                        theirs.rules().stream().map(Schema.Rule::message).toList());
        assertThat(flat(ours)).as(at).isEqualTo(flat(theirs));
    }

    private static Map<String, Object> flat(Schema schema) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flat.put("type", schema.type());
        flat.put("nullable", schema.nullable());
        flat.put("open", schema.open());
        flat.put("required", schema.required());
        flat.put("keys", schema.keys());
        flat.put("unique", schema.unique());
        flat.put("limits", schema.limits());
        flat.put("combinations", schema.combinations());
        return flat;
    }

    @Test
    void knowsWhatAKindDoesNotHave() {
        assertThat(own.knows("networking.istio.io", "VirtualServices")).isFalse();
        assertThat(own.find("networking.istio.io", "v2", "VirtualService")).isEqualTo(Optional.empty());
    }
}

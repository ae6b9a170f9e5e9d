package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.Problem;
import io.inmesh.control.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/**
 * Holds {@code docs/features.md} against Istio's CRDs and against what control service and client do: each field is written into a
 * resource, read, translated and compiled; what either reports as having no effect must stand as "not yet", and nothing else may. With
 * {@code -Dmesh.features.write=true} the table is written anew, notes kept.
 */
class FeaturesTest {

    private static final Path TABLE = Path.of(System.getProperty("mesh.root", ".."), "docs", "features.md");
    private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\| (supported|differs|not yet) \\| ?(.*?) ?\\|");

    private record Row(String status, String note) {}

    @Test
    void theTableOfFeaturesIsTrue() throws IOException {
        Map<String, IstioFields.Kind> kinds = IstioFields.byKind();
        Map<String, Map<String, Row>> written = read(Files.exists(TABLE) ? Files.readString(TABLE) : "");
        Map<String, Map<String, Row>> actual = new TreeMap<>();
        kinds.forEach((name, kind) -> actual.put(name, judge(kind, written.getOrDefault(name, Map.of()))));

        if (Boolean.getBoolean("mesh.features.write")) {
            Files.writeString(TABLE, render(actual));
        }

        assertThat(Files.readString(TABLE))
                .as("docs/features.md: run with -Dmesh.features.write=true and review the difference")
                .isEqualTo(render(actual));
    }

    private static Map<String, Row> judge(IstioFields.Kind kind, Map<String, Row> written) {
        Map<String, Row> rows = new LinkedHashMap<>();
        if (wholeKindIsUnsupported(kind)) {
            Row row = written.getOrDefault("*", new Row("not yet", ""));
            rows.put("*", new Row("not yet", row.note()));
            return rows;
        }
        Set<String> withoutResource = ClientFindings.of("");
        kind.fields().forEach((path, schema) -> {
            Row row = written.getOrDefault(path, new Row("supported", ""));
            String sample = resource(kind, FeatureSamples.spec(kind.name(), path, schema));
            boolean hasEffect = problems(kind.name() + " " + path, sample).isEmpty()
                    && withoutResource.containsAll(ClientFindings.of(sample));
            String status = hasEffect ? (row.status().equals("not yet") ? "supported" : row.status()) : "not yet";
            rows.put(path, new Row(status, row.note()));
        });
        return rows;
    }

    private static boolean wholeKindIsUnsupported(IstioFields.Kind kind) {
        return Yaml.of(resource(kind, Map.of())).problems().stream()
                .anyMatch(p -> p.severity() == Problem.Severity.UNSUPPORTED
                        && p.field().isEmpty());
    }

    private static List<Problem> problems(String field, String sample) {
        List<Problem> problems = Yaml.of(sample).problems();
        assertThat(problems)
                .as("the sample for %s must be a valid resource", field)
                .noneMatch(p ->
                        p.severity() == Problem.Severity.ERROR && !p.reason().contains("not supported yet"));
        return problems;
    }

    private static String resource(IstioFields.Kind kind, Map<String, Object> spec) {
        Map<String, Object> resource = new LinkedHashMap<>();
        String version =
                kind.name().equals("Telemetry") ? "v1" : kind.group().equals("networking.istio.io") ? "v1alpha3" : "v1";
        resource.put("apiVersion", kind.group() + "/" + version);
        resource.put("kind", kind.name());
        resource.put("metadata", Map.of("name", "sample", "namespace", "shop"));
        resource.put("spec", spec);
        return new Dump(DumpSettings.builder().build()).dumpToString(resource);
    }

    private static Map<String, Map<String, Row>> read(String text) {
        Map<String, Map<String, Row>> kinds = new TreeMap<>();
        String kind = "";
        for (String line : text.split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                kind = line.substring(3).trim();
            } else if (row.matches()) {
                kinds.computeIfAbsent(kind, k -> new TreeMap<>())
                        .put(row.group(1), new Row(row.group(2), row.group(3)));
            }
        }
        return kinds;
    }

    private static String render(Map<String, Map<String, Row>> kinds) {
        List<String> lines = new ArrayList<>(List.of(
                "# Istio's fields",
                "",
                "What each field of Istio's resources does here. *supported*: as in Istio. *differs*: the note says how. *not yet*: the field has no",
                "effect and is reported: by the control service with name, file and line, or, where it is the client that does not honour it, by name among",
                "`unsupported` in `Mesh.state()` and `/actuator/mesh`. A test writes every field of Istio's CRDs into a resource, lets the control service",
                "read and translate it and the client compile it, and compares this table with what they report.",
                "",
                summary(kinds)));
        kinds.forEach((kind, rows) -> {
            lines.addAll(List.of("", "## " + kind, "", "| field | status | note |", "|---|---|---|"));
            rows.forEach((path, row) -> lines.add("| `" + path + "` | " + row.status() + " | " + row.note()
                    + (row.note().isEmpty() ? "|" : " |")));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String summary(Map<String, Map<String, Row>> kinds) {
        long all = kinds.values().stream().mapToLong(Map::size).sum();
        long notYet = kinds.values().stream()
                .flatMap(rows -> rows.values().stream())
                .filter(row -> row.status().equals("not yet"))
                .count();
        return all + " rows, " + notYet + " of them *not yet*.";
    }
}

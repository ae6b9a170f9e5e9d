package io.inmesh.conformance.row;

import io.inmesh.conformance.config.Adjustments;
import io.inmesh.conformance.config.Captures;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.Edit;
import io.inmesh.conformance.config.Tree;
import io.inmesh.conformance.config.WrittenConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One document of a row file. */
final class ScenarioReader {

    private ScenarioReader() {}

    static Scenario read(Fields fields) {
        String name = fields.text("scenario");
        int port = fields.number("port", 80);
        String source = fields.text("capture", "written");
        Configuration configuration = Adjustments.without(
                fields.texts("without"),
                Adjustments.forPort("written".equals(source) ? written(fields, port) : Captures.read(source), port));
        List<Edit> edits = new ArrayList<>();
        fields.list("edits").forEach(edit -> edits.add(edit(new Fields(edit))));
        List<Row> rows = new ArrayList<>();
        fields.list("rows").forEach(row -> rows.add(RowReader.read(new Fields(row))));
        Map<String, List<String>> names = names(fields);
        Scenario scenario = new Scenario(
                name,
                source,
                configuration.with(edits),
                port,
                new LinkedHashSet<>(fields.texts("refusing")),
                new LinkedHashSet<>(fields.texts("silent")),
                Scenario.Over.valueOf(fields.text("over", "any").toUpperCase(Locale.ROOT)),
                names,
                rows,
                generation(fields));
        fields.done();
        return scenario;
    }

    /** The addresses of names, for endpoints that are names. */
    static Map<String, List<String>> names(Fields fields) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        fields.object("names")
                .forEach((name, addresses) -> names.put(
                        name,
                        ((List<?>) addresses).stream().map(String::valueOf).toList()));
        return names;
    }

    private static Generation generation(Fields fields) {
        if (!fields.has("generate")) {
            return Generation.NONE;
        }
        Fields own = new Fields(fields.required("generate"));
        Map<String, List<String>> witnesses = new LinkedHashMap<>();
        own.object("witnesses")
                .forEach((regex, texts) -> witnesses.put(
                        regex, ((List<?>) texts).stream().map(String::valueOf).toList()));
        Generation generation = new Generation(
                own.number("seed", 1),
                own.number("per-field", 1),
                new LinkedHashSet<>(own.texts("not-about")),
                witnesses);
        own.done();
        return generation;
    }

    private static Configuration written(Fields fields, int port) {
        List<Map<String, Object>> clusters = new ArrayList<>();
        fields.list("clusters").forEach(cluster -> clusters.add(Tree.asObject(cluster)));
        return WrittenConfiguration.of(port, fields.object("routes"), clusters, fields.object("endpoints"));
    }

    /** Every edit of a capture says why. */
    private static Edit edit(Fields fields) {
        fields.text("because");
        Edit edit = new Edit(fields.list("at"), fields.has("to") ? fields.required("to") : null);
        fields.done();
        return edit;
    }
}

package io.inmesh.conformance.row;

import io.inmesh.conformance.echo.Instruction;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** One row of a document. A row with one step writes the step's keys beside its own. */
final class RowReader {

    private RowReader() {}

    static Row read(Fields fields) {
        String name = fields.text("row");
        String differs = fields.text("differs", "");
        List<String> about = fields.texts("fields");
        boolean copies = fields.flag("copies");
        Map<String, List<Instruction>> upstreams = new LinkedHashMap<>();
        fields.object("upstreams").forEach((endpoint, value) -> upstreams.put(endpoint, instructions(value)));
        Map<String, List<String>> names = ScenarioReader.names(fields);
        List<Step> steps = new ArrayList<>();
        if (fields.has("steps")) {
            for (Object step : fields.list("steps")) {
                Fields own = new Fields(step);
                steps.add(step(own));
                own.done();
            }
        } else {
            steps.add(step(fields));
        }
        fields.done();
        return new Row(name, differs, about, copies, upstreams, names, steps);
    }

    private static Step step(Fields fields) {
        return new Step(
                request(fields),
                fields.number("times", 1),
                fields.number("every", 0),
                fields.flag("at-once"),
                Comparing.parse(fields.text("compare", "exact")),
                new LinkedHashSet<>(fields.texts("ignoring")),
                fields.object("expect"));
    }

    /** {@code get: reviews/path?query}: method, authority and path in one line. */
    private static Request request(Fields fields) {
        List<Header> headers = new ArrayList<>();
        fields.object("headers").forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            values.forEach(each -> headers.add(new Header(name, each.toString())));
        });
        String[] line = fields.text("ask").split(" ", 2);
        int slash = line[1].indexOf('/');
        return new Request(
                line[0], line[1].substring(slash), line[1].substring(0, slash), headers, fields.text("body", ""));
    }

    private static List<Instruction> instructions(Object value) {
        List<?> texts = value instanceof List<?> list ? list : List.of(value);
        return texts.stream().map(text -> Instruction.parse(text.toString())).toList();
    }
}

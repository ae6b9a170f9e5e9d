package io.inmesh.conformance.generate;

import io.inmesh.conformance.echo.Instruction;
import io.inmesh.conformance.row.Comparing;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows of one request that are compared exactly. */
final class Rows {

    private Rows() {}

    static Row of(String name, List<String> fields, Draft draft) {
        return of(name, fields, draft, Map.of(), Set.of());
    }

    static Row of(
            String name,
            List<String> fields,
            Draft draft,
            Map<String, List<Instruction>> upstreams,
            Set<String> ignoring) {
        Step step = new Step(draft.request(), 1, 0, false, Comparing.exact(), ignoring, Map.of());
        return new Row(name, "", fields, false, upstreams, Map.of(), List.of(step));
    }
}

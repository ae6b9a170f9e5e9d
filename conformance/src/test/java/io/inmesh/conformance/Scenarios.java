package io.inmesh.conformance;

import io.inmesh.conformance.generate.TableRows;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.RowFiles;
import io.inmesh.conformance.row.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that is run: the row files, and the rows that they ask to generate. */
final class Scenarios {

    /** No field has more rows, as long as nobody writes more by hand. */
    static final int ROWS_PER_FIELD = 50;

    private Scenarios() {}

    /** Read once for all tests. */
    static List<Scenario> all() {
        return Read.SCENARIOS;
    }

    private static final class Read {
        static final List<Scenario> SCENARIOS = List.copyOf(bounded(RowFiles.all()));
    }

    /** Written rows come first; generated ones fill what they leave. */
    private static List<Scenario> bounded(List<Scenario> written) {
        Map<String, Integer> perField = new HashMap<>();
        written.forEach(scenario -> scenario.rows().forEach(row -> count(row, perField)));
        List<Scenario> all = new ArrayList<>();
        for (Scenario scenario : written) {
            Set<Row> own = new HashSet<>(scenario.rows());
            List<Row> rows = new ArrayList<>();
            for (Row row : TableRows.added(scenario).rows()) {
                boolean generated = !own.contains(row);
                if (!generated
                        || row.fields().stream().allMatch(field -> perField.getOrDefault(field, 0) < ROWS_PER_FIELD)) {
                    rows.add(row);
                    if (generated) {
                        count(row, perField);
                    }
                }
            }
            all.add(scenario.with(rows));
        }
        return all;
    }

    private static void count(Row row, Map<String, Integer> perField) {
        row.fields().forEach(field -> perField.merge(field, 1, Integer::sum));
    }
}

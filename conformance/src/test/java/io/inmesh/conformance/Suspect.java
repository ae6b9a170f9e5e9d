package io.inmesh.conformance;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A mistake, made for a field's sake, and the rows that may notice it, in the order in which they are asked.
 *
 * @param reads what it makes of a configuration
 * @param starts makes what starts sides that make it; asked once, when it is judged
 */
record Suspect(
        IstioField field,
        String what,
        UnaryOperator<Configuration> reads,
        Supplier<Bench.Start> starts,
        List<Asked> rows) {

    /** Those that wait cost half a second each. */
    private static final int MOST_THAT_WAIT = 30;

    Suspect {
        List<Asked> quick = rows.stream().filter(asked -> asked.row().quick()).toList();
        List<Asked> waiting = rows.stream()
                .filter(asked -> !asked.row().quick())
                .limit(MOST_THAT_WAIT)
                .toList();
        rows = new ArrayList<>(quick);
        rows.addAll(waiting);
        rows = List.copyOf(rows);
    }

    /** Asks the rows until one is red that would not be without the mistake. */
    Bite judged(long seed) {
        Map<Reference, Bench> benches = new HashMap<>();
        Bench.Start start = starts.get();
        Map<Reference, List<Row>> sent = new HashMap<>();
        try {
            for (Asked asked : rows) {
                List<Row> before = sent.computeIfAbsent(asked.reference(), fresh -> new ArrayList<>());
                before.add(asked.row());
                if (Patience.within(() -> red(benches, start, asked, seed)) && green(asked.reference(), before, seed)) {
                    return new Bite(field, what, asked.row().name());
                }
            }
            return new Bite(field, what, "");
        } finally {
            benches.values().forEach(Bench::close);
        }
    }

    private boolean red(Map<Reference, Bench> benches, Bench.Start start, Asked asked, long seed) {
        Bench bench = benches.computeIfAbsent(
                asked.reference(),
                reference ->
                        new Bench(reference, reads.apply(reference.scenario().configuration()), start, seed));
        return !bench.disagreements(asked.row()).isEmpty();
    }

    /** Whether the last of these rows agrees without the mistake, asked after the same rows: a busy machine proves nothing. */
    private static boolean green(Reference reference, List<Row> rows, long seed) {
        return !Patience.within(() -> {
            try (Bench right = new Bench(reference, reference.scenario().configuration(), Carrier::side, seed)) {
                boolean red = true;
                for (Row row : rows) {
                    red = !right.disagreements(row).isEmpty();
                }
                return red;
            }
        });
    }
}

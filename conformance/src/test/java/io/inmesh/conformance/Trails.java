package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.mutate.Mutants;
import io.inmesh.conformance.mutate.Point;
import io.inmesh.conformance.row.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Which rows lead through which places of our code. Immutable. */
final class Trails {

    private final List<Point> points;
    private final Map<Asked, BitSet> visited;

    private Trails(List<Point> points, Map<Asked, BitSet> visited) {
        this.points = points;
        this.visited = visited;
    }

    /** Runs every row through code with probes; those that disagree lead nowhere. */
    static Trails of(List<Reference> references, Mutants mutants, long seed) {
        Map<Asked, BitSet> visited = new LinkedHashMap<>();
        Together.map(references, reference -> of(reference, mutants.probed(), seed))
                .forEach(visited::putAll);
        return new Trails(mutants.points(), visited);
    }

    private static Map<Asked, BitSet> of(Reference reference, Mutants.Copy copy, long seed) {
        Map<Asked, BitSet> visited = new LinkedHashMap<>();
        try (Bench bench =
                new Bench(reference, reference.scenario().configuration(), MustMutations.start(copy), seed)) {
            for (Asked asked : reference.rows()) {
                copy.visited(true);
                if (agrees(bench, asked.row())) {
                    // No timer of a quick row expires within it.
                    visited.put(asked, copy.visited(!asked.row().quick()));
                }
            }
        }
        return visited;
    }

    /** What a busy machine spoils gets a second chance: rows that lead nowhere notice nothing. */
    private static boolean agrees(Bench bench, Row row) {
        boolean agrees = bench.disagreements(row).isEmpty();
        return agrees || bench.disagreements(row).isEmpty();
    }

    /** The rows that agree. */
    List<Asked> rows() {
        return List.copyOf(visited.keySet());
    }

    /** The rows that lead through a place: those about the field first, and short ones before long ones. */
    List<Asked> through(Point point, IstioField field) {
        int number = points.indexOf(point);
        List<Asked> rows = new ArrayList<>();
        visited.forEach((asked, places) -> {
            if (places.get(number)) {
                rows.add(asked);
            }
        });
        rows.sort(Comparator.comparing((Asked asked) -> !asked.about(field))
                .thenComparing(asked -> asked.row().millis()));
        return rows;
    }

    /**
     * The places that rows about a field pass, in the classes that decide about it, in an order that chance chose. It is a matter of their
     * names and the seed alone, so that a place more or less leaves all others where they were.
     */
    List<Point> places(IstioField field, long seed) {
        Pattern decides = Pattern.compile("(" + field.code() + ")(\\$.*)?");
        BitSet passed = new BitSet();
        visited.forEach((asked, places) -> {
            if (asked.about(field)) {
                passed.or(places);
            }
        });
        return passed.stream()
                .mapToObj(points::get)
                .filter(point -> decides.matcher(point.simpleType()).matches())
                .sorted(Comparator.comparing((Point point) -> rank(seed, field, point))
                        .thenComparing(Point::name))
                .toList();
    }

    private static long rank(long seed, IstioField field, Point point) {
        // Neighbouring hash codes are spread (by the finaliser of splitmix64), so that order within a class has no say.
        long mixed = Objects.hash(seed, field.name(), point.name()) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

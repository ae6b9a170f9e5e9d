package io.inmesh.conformance;

import io.inmesh.conformance.Trails.Asked;
import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.mutate.Mistake;
import io.inmesh.conformance.mutate.Mistakes;
import io.inmesh.conformance.mutate.Mutants;
import io.inmesh.conformance.mutate.Point;
import io.inmesh.conformance.side.InmeshSide;
import io.inmesh.conformance.side.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Makes mistakes for the sake of each MUST field: in our code where the field's rows lead through it, and in what we read of it. */
final class MustMutations {

    /** Rows that are asked about one mistake; the first red one ends it. */
    private static final int ROWS = 120;

    private final List<Reference> references;
    private final Mutants mutants;
    private final Trails trails;
    private final long seed;

    MustMutations(List<Reference> references, long seed) {
        this.references = references;
        this.seed = seed;
        this.mutants = Mutants.find();
        this.trails = Trails.of(references, mutants, seed);
    }

    /** Mistakes in our compiled code. */
    List<Bite> inCode(IstioField field, int count) {
        Set<String> fields = new HashSet<>(field.envoy());
        List<Bite> bites = new ArrayList<>();
        for (Point point : trails.specific(field, count, chance(field))) {
            bites.add(new Bite(
                    field,
                    point.toString(),
                    red(
                            trails.through(point, fields),
                            reference -> mutants.mistaken(
                                    point,
                                    reference.local(reference.scenario().configuration()),
                                    reference.upstreams(),
                                    new Random(seed)))));
        }
        return bites;
    }

    /** Mistakes in what our decoder makes of the field: wherever they can be made, and rows about it are asked. */
    List<Bite> inConfiguration(IstioField field) {
        List<Asked> about = new ArrayList<>();
        for (Reference reference : references) {
            reference.scenario().rows().stream()
                    .map(row -> new Asked(reference, row))
                    .filter(asked -> Trails.about(asked, Set.copyOf(field.envoy())))
                    .forEach(about::add);
        }
        Collections.shuffle(about, chance(field));
        about.sort(Comparator.comparing(asked -> !asked.row().quick()));
        List<Bite> bites = new ArrayList<>();
        for (Mistake mistake : Mistakes.forAny(field.envoy())) {
            List<Asked> touched = about.stream()
                    .filter(asked ->
                            mistake.changes(asked.reference().scenario().configuration()))
                    .toList();
            boolean caught = red(
                    touched,
                    reference -> InmeshSide.bare(
                            reference.local(mistake.in(reference.scenario().configuration())),
                            reference.upstreams(),
                            new Random(seed)));
            bites.add(new Bite(field, mistake.what(), caught));
        }
        return bites;
    }

    /** Whether one of the rows notices; a side that does not even start is noticed at once. */
    private boolean red(List<Asked> rows, Function<Reference, Side> start) {
        Map<Reference, Side> sides = new HashMap<>();
        return Patience.within(() -> {
            try {
                for (Asked asked : rows.subList(0, Math.min(ROWS, rows.size()))) {
                    Side side = sides.computeIfAbsent(asked.reference(), start);
                    if (!asked.reference().disagreements(side, asked.row()).isEmpty()) {
                        return true;
                    }
                }
                return false;
            } finally {
                sides.values().forEach(Side::close);
            }
        });
    }

    private Random chance(IstioField field) {
        return new Random(seed * 31 + field.name().hashCode());
    }
}

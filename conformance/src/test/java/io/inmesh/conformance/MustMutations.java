package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.mutate.Mistake;
import io.inmesh.conformance.mutate.Mistakes;
import io.inmesh.conformance.mutate.Mutants;
import io.inmesh.conformance.mutate.Point;
import java.util.ArrayList;
import java.util.List;

/** Makes mistakes for the sake of each MUST field: in our code where the field's rows lead through it, and in what we read of it. */
final class MustMutations {

    private final Mutants mutants = Mutants.find();
    private final Trails trails;
    private final Equivalents equivalents;
    private final long seed;

    MustMutations(List<Reference> references, Equivalents equivalents, long seed) {
        this.equivalents = equivalents;
        this.seed = seed;
        this.trails = Trails.of(references, mutants, seed);
    }

    /** Mistakes in our compiled code. */
    List<Suspect> inCode(IstioField field, int count) {
        List<Suspect> suspects = new ArrayList<>();
        for (Point point : trails.places(field, seed)) {
            if (suspects.size() < count && !equivalents.contain(point)) {
                suspects.add(new Suspect(
                        field,
                        point.toString(),
                        configuration -> configuration,
                        () -> start(mutants.mistaken(point)),
                        trails.through(point, field)));
            }
        }
        return suspects;
    }

    /** Sides that a copy of our code makes. */
    static Bench.Start start(Mutants.Copy copy) {
        return (carrier, configuration, upstreams, chance) ->
                copy.side(carrier == Carrier.OKHTTP, configuration, upstreams, chance);
    }

    /** Mistakes in what our decoder makes of the field: wherever they can be made, and rows about it are asked. */
    List<Suspect> inConfiguration(IstioField field) {
        List<Suspect> suspects = new ArrayList<>();
        for (Mistake mistake : Mistakes.forAny(field.envoy())) {
            List<Asked> touched = trails.rows().stream()
                    .filter(asked -> asked.about(field)
                            && mistake.changes(asked.reference().scenario().configuration()))
                    .toList();
            suspects.add(new Suspect(field, mistake.what(), mistake::in, () -> Carrier::side, touched));
        }
        return suspects;
    }
}

package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.coverage.IstioFields;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.testkit.Peers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * For each MUST field mistakes are made in what we read and, chosen by a seed, in our code, and some row must turn red.
 * {@code -Dmesh.mutations} says how many of the latter for each field; what nobody noticed is printed.
 */
class RowsBiteTest {

    private static final long SEED = 3;
    private static final double CAUGHT = 0.9;
    private static final int ROWS_PER_FIELD = 16;

    private final int perField = Integer.getInteger("mesh.mutations", 1);

    @Test
    void aMistakeForTheSakeOfAnyMustFieldTurnsARowRed() {
        Peers.envoy();
        List<IstioField> fields = IstioFields.all().stream()
                .filter(field -> field.must() && field.pending().isEmpty())
                .toList();
        List<Reference> references = new ArrayList<>();
        try {
            scenarios(fields).forEach(scenario -> references.add(new Reference(scenario)));
            MustMutations mutations = new MustMutations(references, SEED);
            List<Bite> bites = new ArrayList<>();
            for (IstioField field : fields) {
                bites.addAll(mutations.inCode(field, perField));
                bites.addAll(mutations.inConfiguration(field));
            }
            report(fields, bites);
        } finally {
            references.forEach(Reference::close);
        }
    }

    private static void report(List<IstioField> fields, List<Bite> bites) {
        List<Bite> missed = bites.stream().filter(bite -> !bite.caught()).toList();
        int caught = bites.size() - missed.size();
        Set<IstioField> bitten = new HashSet<>();
        bites.forEach(bite -> bitten.add(bite.field()));
        System.out.println("mutation score: " + caught * 100 / bites.size() + " % (" + caught + " of " + bites.size()
                + " mistakes for " + bitten.size() + " of " + fields.size() + " MUST fields caught)");
        missed.forEach(bite -> System.out.println("  not caught: " + bite));
        assertThat(fields).as("fields for which no mistake was made").allMatch(bitten::contains);
        assertThat(caught / (double) bites.size()).isGreaterThanOrEqualTo(CAUGHT);
    }

    /** Scenarios with as many of their rows as each field needs, quick ones first. */
    private List<Scenario> scenarios(List<IstioField> fields) {
        List<Row> all = new ArrayList<>();
        Scenarios.all().forEach(scenario -> all.addAll(scenario.rows()));
        Collections.shuffle(all, new Random(SEED));
        all.sort(Comparator.comparing(row -> !row.quick()));
        Map<String, Integer> perField = new HashMap<>();
        Set<Row> kept = new HashSet<>();
        for (Row row : all) {
            for (IstioField field : fields) {
                if (row.fields().stream().anyMatch(field.envoy()::contains)
                        && perField.merge(field.name(), 1, Integer::sum) <= ROWS_PER_FIELD * this.perField) {
                    kept.add(row);
                }
            }
        }
        return Scenarios.all().stream()
                .map(scenario ->
                        scenario.only(row -> kept.contains(row) && row.differs().isEmpty()))
                .filter(scenario -> !scenario.rows().isEmpty())
                .toList();
    }
}

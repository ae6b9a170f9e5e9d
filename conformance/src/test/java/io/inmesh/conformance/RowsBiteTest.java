package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.coverage.IstioFields;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.testkit.Peers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * For each MUST field mistakes are made in what we read and, chosen by a seed, in our code, and some row must turn red.
 * {@code -Dmesh.mutations} says how many of the latter for each field; what nobody noticed is printed.
 */
@Tag("mutation")
class RowsBiteTest {

    private static final long SEED = 3;
    private static final double CAUGHT = 0.9;
    private static final long LONGEST_MILLIS = 1000;

    private final int perField = Integer.getInteger("mesh.mutations", 1);

    @Test
    void aMistakeForTheSakeOfAnyMustFieldTurnsARowRed(TestReporter reporter) {
        Peers.envoy();
        List<IstioField> fields = IstioFields.all().stream()
                .filter(field -> field.must() && field.pending().isEmpty())
                .toList();
        List<Reference> references = Together.map(scenarios(), Reference::new);
        MustMutations mutations = new MustMutations(references, Equivalents.read(), SEED);
        List<Suspect> suspects = new ArrayList<>();
        for (IstioField field : fields) {
            suspects.addAll(mutations.inCode(field, perField));
            suspects.addAll(mutations.inConfiguration(field));
        }
        report(fields, Together.map(suspects, suspect -> suspect.judged(SEED)), reporter);
    }

    private static void report(List<IstioField> fields, List<Bite> bites, TestReporter reporter) {
        List<Bite> missed = bites.stream().filter(bite -> !bite.caught()).toList();
        int caught = bites.size() - missed.size();
        Set<IstioField> bitten = new HashSet<>();
        bites.forEach(bite -> bitten.add(bite.field()));
        reporter.publishEntry(
                Summary.KEY,
                "mutation score: " + caught * 100 / bites.size() + " % (" + caught + " of " + bites.size()
                        + " mistakes for " + bitten.size() + " of " + fields.size() + " MUST fields caught)");
        missed.forEach(bite -> reporter.publishEntry(Summary.KEY, "  not caught: " + bite));
        if (Boolean.getBoolean("mesh.mutations.shown")) {
            bites.forEach(bite -> System.out.println("  " + bite + " <- " + bite.row()));
        }
        assertThat(fields).as("fields for which no mistake was made").allMatch(bitten::contains);
        assertThat(caught / (double) bites.size()).isGreaterThanOrEqualTo(CAUGHT);
    }

    /** All rows that do not take long. A hash is over ports too, which differ with each copy of our code. */
    private static List<Scenario> scenarios() {
        return Scenarios.all().stream()
                .filter(scenario -> !scenario.hashes())
                .map(scenario -> scenario.only(
                        row -> row.millis() <= LONGEST_MILLIS && row.differs().isEmpty()))
                .filter(scenario -> !scenario.rows().isEmpty())
                .toList();
    }
}

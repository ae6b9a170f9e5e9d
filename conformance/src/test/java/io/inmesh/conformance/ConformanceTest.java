package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.inmesh.conformance.ScenarioComparison.Compared;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.testkit.Peers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** Every row of {@code src/test/resources/rows} is a test: both sides give the same answers, and those that the row says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private static final int CHANCES = 3;

    private final Map<Carrier, Integer> rows = new EnumMap<>(Carrier.class);
    private final Map<Carrier, Integer> agreeing = new EnumMap<>(Carrier.class);
    private final Map<Carrier, Integer> differing = new EnumMap<>(Carrier.class);

    @TestFactory
    Stream<? extends DynamicNode> rows() {
        try {
            Peers.envoy();
            return ScenarioComparison.run(Scenarios.all(), new SecureRandom()).stream()
                    .map(this::container);
        } catch (RuntimeException e) {
            // A missing peer skips: of a factory that does not show, of a test it does.
            return Stream.of(dynamicTest("rows", () -> {
                throw e;
            }));
        }
    }

    @AfterAll
    void summary(TestReporter reporter) {
        rows.forEach((carrier, count) -> reporter.publishEntry(
                Summary.KEY,
                "conformance: " + count + " rows, " + agreeing.get(carrier) + " agree, " + differing.get(carrier)
                        + " differ by decision (" + carrier + ")"));
    }

    private DynamicContainer container(Compared compared) {
        Scenario scenario = compared.scenario();
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : scenario.rows()) {
            List<String> disagreement =
                    Objects.requireNonNull(compared.disagreements().get(row));
            boolean again = (row.timed() || scenario.limitsAttempts()) && !disagreement.isEmpty();
            tests.add(test(row, compared.carrier(), again ? again(scenario, row, compared.carrier()) : disagreement));
        }
        return dynamicContainer(scenario.name() + " (" + compared.carrier() + ")", tests);
    }

    /** A timer that a busy machine kept waiting gets further chances, by itself, after all others. */
    private static List<String> again(Scenario scenario, Row row, Carrier carrier) {
        List<String> disagreement = List.of();
        for (int i = 0; i < CHANCES; i++) {
            Compared alone = ScenarioComparison.run(scenario.only(row::equals), carrier, new SecureRandom());
            disagreement = Objects.requireNonNull(alone.disagreements().get(row));
            if (disagreement.isEmpty()) {
                return disagreement;
            }
        }
        return disagreement;
    }

    private DynamicTest test(Row row, Carrier carrier, List<String> disagreement) {
        rows.merge(carrier, 1, Integer::sum);
        agreeing.merge(carrier, disagreement.isEmpty() ? 1 : 0, Integer::sum);
        differing.merge(carrier, !disagreement.isEmpty() && !row.differs().isEmpty() ? 1 : 0, Integer::sum);
        return dynamicTest(row.name() + " (" + carrier + ")", () -> check(row, disagreement));
    }

    private static void check(Row row, List<String> disagreement) {
        if (row.differs().isEmpty()) {
            assertThat(disagreement).as(row.name()).isEmpty();
        } else {
            assertThat(disagreement)
                    .as("We agree now; the row need not say any longer that we differ: " + row.differs())
                    .isNotEmpty();
        }
    }
}

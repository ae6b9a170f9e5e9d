package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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

/** Every row of {@code src/test/resources/rows} is a test: both sides give the same answers, and those that the row says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private final Map<Carrier, Integer> rows = new EnumMap<>(Carrier.class);
    private final Map<Carrier, Integer> agreeing = new EnumMap<>(Carrier.class);
    private final Map<Carrier, Integer> differing = new EnumMap<>(Carrier.class);

    @TestFactory
    Stream<? extends DynamicNode> rows() {
        try {
            Peers.envoy();
            Map<Scenario, Map<Carrier, List<List<String>>>> disagreements =
                    ScenarioComparison.run(Scenarios.all(), new SecureRandom());
            return Scenarios.all().stream()
                    .map(scenario -> container(scenario, Objects.requireNonNull(disagreements.get(scenario))));
        } catch (RuntimeException e) {
            // A missing peer skips: of a factory that does not show, of a test it does.
            return Stream.of(dynamicTest("rows", () -> {
                throw e;
            }));
        }
    }

    @AfterAll
    void summary() {
        rows.forEach((carrier, count) -> System.out.println("conformance: " + count + " rows, " + agreeing.get(carrier)
                + " agree, " + differing.get(carrier) + " differ by decision (" + carrier + ")"));
    }

    private DynamicContainer container(Scenario scenario, Map<Carrier, List<List<String>>> disagreements) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < scenario.rows().size(); i++) {
            Row row = scenario.rows().get(i);
            for (Carrier carrier : Carrier.values()) {
                if (carrier.canCarry(scenario, row)) {
                    List<String> disagreement =
                            Objects.requireNonNull(disagreements.get(carrier)).get(i);
                    boolean again = (row.timed() || scenario.limitsAttempts()) && !disagreement.isEmpty();
                    tests.add(test(row, carrier, again ? again(scenario, row, carrier) : disagreement));
                }
            }
        }
        return dynamicContainer(scenario.name(), tests);
    }

    /** A timer that a busy machine kept waiting gets one more chance, by itself, after all others. */
    private static List<String> again(Scenario scenario, Row row, Carrier carrier) {
        return ScenarioComparison.run(scenario.only(row::equals), new SecureRandom())
                .get(carrier)
                .get(0);
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

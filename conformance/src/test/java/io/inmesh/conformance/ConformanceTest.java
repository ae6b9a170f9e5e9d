package io.inmesh.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.RowFiles;
import io.inmesh.conformance.row.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every row of {@code src/test/resources/rows} is a test: both sides give the same answers, and those that the row says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

    private int rows;
    private int agreeing;

    @TestFactory
    Stream<DynamicContainer> rows() {
        return RowFiles.all().stream().map(this::container);
    }

    @AfterAll
    void summary() {
        System.out.println("conformance: " + rows + " rows, " + agreeing + " agree");
    }

    private DynamicContainer container(Scenario scenario) {
        List<List<String>> disagreements = ScenarioComparison.run(scenario);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < scenario.rows().size(); i++) {
            Row row = scenario.rows().get(i);
            List<String> disagreement = disagreements.get(i);
            rows++;
            agreeing += disagreement.isEmpty() ? 1 : 0;
            tests.add(dynamicTest(
                    row.name(),
                    () -> Assertions.assertThat(disagreement).as(row.name()).isEmpty()));
        }
        return dynamicContainer(scenario.name(), tests);
    }
}

package io.inmesh.conformance.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.inmesh.testkit.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every row of {@code src/test/resources/inbound} is a test: Envoy and each of our servers give the same answer, and the one that the row says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboundConformanceTest {

    private int rows;
    private int differing;

    @TestFactory
    Stream<? extends DynamicNode> rows() {
        try {
            Peers.envoy();
            try (BothSides sides = new BothSides()) {
                List<DynamicContainer> all = new ArrayList<>();
                for (InboundScenario scenario : sides.scenarios()) {
                    all.add(container(scenario, sides.envoy(scenario), sides.ours(scenario)));
                }
                return all.stream();
            }
        } catch (org.opentest4j.TestAbortedException missing) {
            // A missing peer skips: of a factory that does not show, of a test it does.
            return Stream.of(dynamicTest("rows", () -> {
                throw missing;
            }));
        }
    }

    @AfterAll
    void summary() {
        System.out.println(
                "conformance: " + rows + " inbound rows, " + differing + " of them differ by decision (docs/adr/0034)");
    }

    private DynamicContainer container(
            InboundScenario scenario, List<InboundAnswer> envoy, Map<String, List<InboundAnswer>> ours) {
        List<DynamicTest> tests = new ArrayList<>();
        ours.forEach((server, answers) -> {
            for (int i = 0; i < scenario.rows().size(); i++) {
                InboundRow row = scenario.rows().get(i);
                InboundAnswer theirs = envoy.get(i);
                InboundAnswer own = answers.get(i);
                String differs = row.differs(server);
                rows++;
                differing += differs.isEmpty() ? 0 : 1;
                tests.add(dynamicTest(server + ": " + row.name(), () -> check(row, differs, theirs, own)));
            }
        });
        return dynamicContainer(scenario.name(), tests);
    }

    private static void check(InboundRow row, String differs, InboundAnswer envoy, InboundAnswer ours) {
        assertThat(envoy.status()).as("Envoy's answer to\n" + row.bytes()).isEqualTo(row.expected());
        assertThat(envoy.body()).contains(row.body());
        if (differs.isEmpty()) {
            assertThat(BothSides.compared(row, ours)).isEqualTo(BothSides.compared(row, envoy));
        } else {
            assertThat(BothSides.compared(row, ours))
                    .as("We agree now; the row need not say any longer that we differ: " + differs)
                    .isNotEqualTo(BothSides.compared(row, envoy));
            assertThat(envoy.status().equals("200") || !ours.status().equals("200") || differs.startsWith("laxer"))
                    .as("where we differ we are stricter")
                    .isTrue();
        }
    }
}

package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.mutate.Mutation;
import io.inmesh.conformance.mutate.Mutations;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.RowFiles;
import io.inmesh.conformance.row.Scenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our side is given a configuration with a mistake in it: some row must turn red. */
class RowsBiteTest {

    private static final long SEED = 3;
    private static final int MUTATIONS = 25;

    /** What is left over is what only the long rows about chance and time would see. */
    private static final double CAUGHT = 0.8;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everything a VirtualService can match, as istiod translates it",
                "matchers that Istio does not write, or seldom",
                "retries",
            })
    void aMistakeTurnsARowRed(String scenarioName) {
        Scenario scenario = RowFiles.all().stream()
                .filter(each -> each.name().equals(scenarioName))
                .findFirst()
                .orElseThrow()
                .only(RowsBiteTest::quick);
        // A capture has Istio's default retries on every route; the written retries are those that have a row each.
        List<Mutation> mutations = new ArrayList<>(Mutations.of(scenario.configuration()).stream()
                .filter(mutation ->
                        scenario.source().equals("written") || !mutation.what().contains("retr"))
                .toList());
        Collections.shuffle(mutations, new Random(SEED));
        List<Mutation> sample = mutations.subList(0, Math.min(MUTATIONS, mutations.size()));

        List<Mutation> survivors = ScenarioComparison.survivors(scenario, sample, new Random(SEED));

        int caught = sample.size() - survivors.size();
        System.out.println("mutations of '" + scenarioName + "': " + caught + " of " + sample.size() + " caught");
        assertThat(caught / (double) sample.size())
                .as(() ->
                        "not caught: " + survivors.stream().map(Mutation::what).toList())
                .isGreaterThanOrEqualTo(CAUGHT);
    }

    /** Rows about chance and time need long runs, and have their own bounds. */
    private static boolean quick(Row row) {
        return row.differs().isEmpty()
                && row.steps().get(0).request().path().indexOf("/retry") < 0
                && row.upstreams().values().stream()
                        .flatMap(List::stream)
                        .allMatch(instruction -> instruction.delayMillis() == 0)
                && row.steps().stream()
                        .allMatch(step -> step.times() == 1 && !step.expect().containsKey("elapsed"));
    }
}

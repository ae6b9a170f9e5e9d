package io.inmesh.conformance.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.inbound.InboundMutations.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our side gets a listener with one mistake in it: some row must get another answer. Shows that the rows look at what they name. */
@Tag("mutation")
class InboundRowsBiteTest {

    private static final long SEED = 6;
    private static final int MOST_FOR_EACH = 40;
    private static final double CAUGHT = 0.9;

    @Test
    void aMistakeTurnsARowRed() {
        int mutations = 0;
        List<String> survivors = new ArrayList<>();
        try (BothSides sides = new BothSides()) {
            for (InboundScenario scenario : sides.scenarios()) {
                if (scenario.must()) {
                    List<String> right = answers(sides.onOne(scenario), scenario);
                    List<Mutation> sample = new ArrayList<>(InboundMutations.of(scenario.listener()));
                    Collections.shuffle(sample, new Random(SEED));
                    sample = sample.subList(0, Math.min(MOST_FOR_EACH, sample.size()));
                    mutations += sample.size();
                    sample.stream()
                            .filter(mutation -> survives(mutation, scenario, right, sides))
                            .forEach(mutation -> survivors.add(scenario.name() + ": " + mutation.what()));
                }
            }
        }
        double caught = (mutations - survivors.size()) / (double) mutations;
        System.out.printf(
                "mutations of MUST inbound listeners: %d of %d caught (%.1f %%)%n",
                mutations - survivors.size(), mutations, caught * 100);
        assertThat(caught)
                .as(() -> "not caught: " + String.join("\n", survivors))
                .isGreaterThanOrEqualTo(CAUGHT);
    }

    private static List<String> answers(List<InboundAnswer> answers, InboundScenario scenario) {
        List<String> compared = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            compared.add(BothSides.compared(scenario.rows().get(i), answers.get(i)));
        }
        return compared;
    }

    private static boolean survives(Mutation mutation, InboundScenario scenario, List<String> right, BothSides sides) {
        try {
            sides.publish(mutation.listener());
        } catch (IllegalArgumentException | IllegalStateException refused) {
            return false;
        }
        for (int i = 0; i < right.size(); i++) {
            InboundRow row = scenario.rows().get(i);
            if (!BothSides.compared(row, sides.onOne(row)).equals(right.get(i))) {
                return false;
            }
        }
        return true;
    }
}

package io.inmesh.benchmarks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.benchmarks.sim.Service.Policy;
import org.junit.jupiter.api.Test;

class SimulationTest {

    @Test
    void aSlowReplicaHurtsRoundRobinAndHardlyPeakEwma() {
        double roundRobin = TailReport.Summary.within(Tail.minute(Policy.ROUND_ROBIN, 1));
        double leastRequest = TailReport.Summary.within(Tail.minute(Policy.LEAST_REQUEST, 1));
        double ewma = TailReport.Summary.within(Tail.minute(Policy.PEAK_EWMA, 1));

        assertThat(roundRobin).isBetween(0.950, 0.958);
        assertThat(leastRequest).isGreaterThan(roundRobin);
        assertThat(ewma).isGreaterThanOrEqualTo(0.9995);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        assertThat(Tail.run(Policy.PEAK_EWMA, 7, 20)).isEqualTo(Tail.run(Policy.PEAK_EWMA, 7, 20));
    }

    @Test
    void aRetryBudgetEndsWithTheTroubleAndUnlimitedRetriesDoNot() {
        Storm.Result naive = Storm.run(null, 1);
        Storm.Result ours = Storm.run(StormReport.budget(), 1);

        assertThat(naive.amplification()).isGreaterThan(2);
        assertThat(naive.lasting()).isLessThan(0.5);
        assertThat(ours.amplification()).isLessThanOrEqualTo(1.1);
        assertThat(ours.recovered()).isGreaterThanOrEqualTo(0.99);
    }
}

package io.inmesh.client.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import io.inmesh.xds.model.cluster.OutlierDetection.FailurePercentage;
import io.inmesh.xds.model.cluster.OutlierDetection.SuccessRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailureRatesTest {

    private static final SuccessRate NO_RATE = new SuccessRate(5, 100, 1900, 0, 0);
    private static final FailurePercentage NO_PERCENTAGE = new FailurePercentage(85, 5, 50, 0, 0);
    private static final Consecutive NEVER = new Consecutive(5, 0);

    private final FakeClock clock = new FakeClock();
    private final ClusterState state = new HostRegistry(clock, new SplittableRandom(1)).cluster("c");
    private final List<Host> hosts = new ArrayList<>();

    FailureRatesTest() {
        for (int i = 0; i < 5; i++) {
            hosts.add(state.host("10.0.0." + i + ":80"));
        }
    }

    @Test
    void theHostFarBelowTheOthersGoesWithTheNextSweep() {
        OutlierDetector detector = detector(new SuccessRate(5, 100, 1900, 100, 0), NO_PERCENTAGE, false);
        answer(detector, 0, 100, 50);
        for (int i = 1; i < 5; i++) {
            answer(detector, i, 100, 0);
        }

        // 50, 100, 100, 100, 100: mean 90, deviation 20, so that 52 is the least.
        sweep(detector);

        assertThat(hosts.stream().map(Host::ejected)).containsExactly(true, false, false, false, false);
    }

    @Test
    void justAboveTheThresholdIsNoOutlier() {
        OutlierDetector detector = detector(new SuccessRate(5, 100, 2000, 100, 0), NO_PERCENTAGE, false);
        answer(detector, 0, 100, 50);
        for (int i = 1; i < 5; i++) {
            answer(detector, i, 100, 0);
        }

        sweep(detector);

        assertThat(hosts).noneMatch(Host::ejected);
    }

    @Test
    void tooFewRequestsOrHostsAreNoEvidence() {
        OutlierDetector detector = detector(new SuccessRate(5, 100, 1900, 100, 0), NO_PERCENTAGE, false);
        answer(detector, 0, 99, 99);
        for (int i = 1; i < 5; i++) {
            answer(detector, i, 100, 0);
        }

        sweep(detector);

        assertThat(hosts).noneMatch(Host::ejected);
    }

    @Test
    void aFailurePercentageEjectsWhoeverReachesIt() {
        OutlierDetector detector = detector(NO_RATE, new FailurePercentage(40, 5, 10, 100, 0), false);
        for (int i = 0; i < 5; i++) {
            answer(detector, i, 10, i);
        }

        sweep(detector);

        assertThat(hosts.stream().map(Host::ejected)).containsExactly(false, false, false, false, true);
    }

    @Test
    void anIntervalsCountsAreForgottenWithItsEnd() {
        OutlierDetector detector = detector(NO_RATE, new FailurePercentage(40, 5, 10, 100, 0), false);
        for (int i = 0; i < 5; i++) {
            answer(detector, i, 9, 9);
        }
        sweep(detector);
        for (int i = 0; i < 5; i++) {
            answer(detector, i, 9, 9);
        }
        sweep(detector);

        assertThat(hosts).noneMatch(Host::ejected);
    }

    @Test
    void errorsOfOurOwnSideHaveRatesOfTheirOwn() {
        OutlierDetector detector = detector(NO_RATE, new FailurePercentage(40, 5, 10, 0, 100), true);
        for (int i = 0; i < 5; i++) {
            answer(detector, i, 10, 10);
            for (int call = 0; call < 10; call++) {
                if (i == 2) {
                    detector.onReset(hosts.get(i), clock.nanoTime());
                } else {
                    detector.onConnected(hosts.get(i));
                }
            }
        }

        sweep(detector);

        assertThat(hosts.stream().map(Host::ejected)).containsExactly(false, false, true, false, false);
    }

    @Test
    void nothingIsCountedWhereNobodyAsks() {
        OutlierDetector detector = detector(NO_RATE, NO_PERCENTAGE, false);
        answer(detector, 0, 10, 10);

        assertThat(hosts.get(0).outlier().external().take().all()).isZero();
    }

    private void answer(OutlierDetector detector, int host, int calls, int failures) {
        for (int i = 0; i < calls; i++) {
            int status = i < failures ? 500 : 200;
            detector.onResponse(hosts.get(host), new Head(status), status, clock.nanoTime());
        }
    }

    private void sweep(OutlierDetector detector) {
        clock.advance(Duration.ofSeconds(10));
        detector.sweep(clock.nanoTime());
    }

    private OutlierDetector detector(SuccessRate rate, FailurePercentage percentage, boolean split) {
        OutlierDetection absent = OutlierDetection.DEFAULT;
        OutlierDetection settings = new OutlierDetection(
                absent.interval(),
                absent.baseEjectionTime(),
                absent.maxEjectionTime(),
                absent.maxEjectionTimeJitter(),
                100,
                false,
                NEVER,
                NEVER,
                NEVER,
                split,
                rate,
                percentage);
        return new OutlierDetector(settings, state, hosts, new SplittableRandom(2), null);
    }

    private record Head(int status) implements MeshResponse {
        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headerValues(String name) {
            return List.of();
        }
    }
}

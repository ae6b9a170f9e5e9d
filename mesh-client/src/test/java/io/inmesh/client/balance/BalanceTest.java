package io.inmesh.client.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inmesh.api.spi.Workload;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.tls.TransportSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {

    private static final LbPolicy LEAST_REQUEST = new LbPolicy.LeastRequest(2, 1.0, null);
    private static final LbPolicy ROUND_ROBIN = new LbPolicy.RoundRobin(null);
    private static final CommonLb NO_PANIC = new CommonLb(0, new CommonLb.LocalityMode.None());

    private final SplittableRandom chance = new SplittableRandom(5);
    private final FakeClock clock = new FakeClock();
    private final ClusterState state = new HostRegistry(clock, chance).cluster("one");

    @Nested
    class Policies {

        @Test
        void roundRobinTakesOneAfterTheOther() {
            LoadBalancer balancer = balancer(ROUND_ROBIN, NO_PANIC, level(1, 1, 1));
            List<String> first = picks(balancer, 3);
            assertThat(first).doesNotHaveDuplicates();
            assertThat(picks(balancer, 3)).isEqualTo(first);
        }

        @Test
        void randomIgnoresWeights() {
            Map<String, Integer> counts = counts(balancer(new LbPolicy.Random(), NO_PANIC, level(1, 100)), 20_000);
            assertThat(counts.get("10.0.0.1:80")).isCloseTo(10_000, within(400));
        }

        @ParameterizedTest
        @CsvSource({"ROUND_ROBIN", "LEAST_REQUEST"})
        void unequalWeightsAreKeptExactlyInTheLongRun(String policy) {
            LbPolicy chosen = policy.equals("ROUND_ROBIN") ? ROUND_ROBIN : LEAST_REQUEST;
            Map<String, Integer> counts = counts(balancer(chosen, NO_PANIC, level(1, 3, 6)), 10_000);
            assertThat(counts.get("10.0.0.1:80")).isCloseTo(1000, within(2));
            assertThat(counts.get("10.0.0.2:80")).isCloseTo(3000, within(2));
            assertThat(counts.get("10.0.0.3:80")).isCloseTo(6000, within(2));
        }

        @Test
        void theLessBusyOfTwoIsTaken() {
            LoadBalancer balancer = balancer(LEAST_REQUEST, NO_PANIC, level(1, 1));
            state.host("10.0.0.1:80").activeRequests().increment();
            // The busy one is taken only if both draws are of it.
            assertThat(counts(balancer, 20_000).get("10.0.0.1:80")).isCloseTo(5000, within(300));
        }

        @Test
        void loadLowersAWeight() {
            LoadBalancer balancer = balancer(LEAST_REQUEST, NO_PANIC, level(1, 2));
            state.host("10.0.0.2:80").activeRequests().increment();
            state.host("10.0.0.2:80").activeRequests().increment();
            state.host("10.0.0.2:80").activeRequests().increment();
            Map<String, Integer> counts = counts(balancer, 9_000);
            assertThat(counts.get("10.0.0.1:80")).isCloseTo(6000, within(10));
        }
    }

    @Nested
    class Health {

        @Test
        void unhealthyDrainingAndEjectedEndpointsGetNothing() {
            LoadBalancer balancer = balancer(
                    ROUND_ROBIN,
                    NO_PANIC,
                    level(HealthStatus.UNHEALTHY, HealthStatus.DRAINING, HealthStatus.HEALTHY, HealthStatus.UNKNOWN));
            assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.3:80", "10.0.0.4:80");
            eject("10.0.0.4:80");
            assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.3:80");
            eject("10.0.0.3:80");
            assertThat(balancer.pick(chance)).isNull();
            state.ejections().comeBack(state.host("10.0.0.3:80"), 0);
            assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.3:80");
        }

        @Test
        void belowThePanicThresholdHealthIsNotLookedAt() {
            CommonLb half = new CommonLb(50, new CommonLb.LocalityMode.None());
            LoadBalancer balancer = balancer(ROUND_ROBIN, half, level(1, 1, 1, 1));
            eject("10.0.0.1:80");
            eject("10.0.0.2:80");
            assertThat(counts(balancer, 100)).hasSize(2);
            eject("10.0.0.3:80");
            assertThat(counts(balancer, 100)).hasSize(4);
            assertThat(balancer.panic()).isTrue();
        }

        @Test
        void degradedEndpointsTakeWhatHealthyOnesCannot() {
            LoadBalancer balancer = balancer(
                    ROUND_ROBIN, NO_PANIC, level(HealthStatus.HEALTHY, HealthStatus.UNHEALTHY, HealthStatus.DEGRADED));
            Map<String, Integer> counts = counts(balancer, 20_000);
            // 1/3 healthy times 1.4 is 46 %, 1/3 degraded as much: half each, the rounding to the healthy.
            assertThat(counts.get("10.0.0.1:80")).isCloseTo(10_000, within(400));
            assertThat(counts.get("10.0.0.3:80")).isCloseTo(10_000, within(400));
        }

        @Test
        void anEndpointToAvoidIsDrawnOnlyWhenAttemptsRunOut() {
            LoadBalancer balancer = balancer(ROUND_ROBIN, NO_PANIC, level(1, 1, 1));
            for (int i = 0; i < 30; i++) {
                Endpoint picked =
                        balancer.pickAgain(chance, 0, host -> !host.address().equals("10.0.0.2:80"), 2, 0);
                assertThat(picked).isNotNull();
                assertThat(picked.host().address()).isEqualTo("10.0.0.2:80");
            }
            assertThat(balancer.pickAgain(chance, 0, host -> true, 5, 0)).isNotNull();
        }
    }

    @Nested
    class Priorities {

        @ParameterizedTest(name = "{0} of 10 healthy in the first, {1} of 10 in the second: {2} and {3} %")
        @CsvSource({
            "10, 10, 100, 0",
            "8, 10, 100, 0",
            "7, 10, 98, 2",
            "5, 10, 70, 30",
            "1, 10, 14, 86",
            "0, 10, 0, 100",
            "2, 2, 50, 50",
            "0, 1, 0, 100"
        })
        void whatTheFirstCannotTakeSpillsOver(int first, int second, int firstShare, int secondShare) {
            PriorityLoad load = load(0, health(10, first), health(10, second));
            assertThat(load.healthyShare(0)).isEqualTo(firstShare);
            assertThat(load.healthyShare(1)).isEqualTo(secondShare);
        }

        @Test
        void allLevelsInPanicShareByTheirNumberOfEndpoints() {
            PriorityLoad load = load(50, health(10, 1), health(30, 3));
            assertThat(load.panic(0)).isTrue();
            assertThat(load.panic(1)).isTrue();
            assertThat(load.healthyShare(0)).isEqualTo(25);
            assertThat(load.healthyShare(1)).isEqualTo(75);
        }

        @Test
        void noLevelPanicsWhileTogetherTheyCanTakeAll() {
            PriorityLoad load = load(50, health(10, 1), health(10, 10));
            assertThat(load.panic(0)).isFalse();
            assertThat(load.panic(1)).isFalse();
        }

        @Test
        void sharesAlwaysSumUpToAHundred() {
            for (int run = 0; run < 2000; run++) {
                List<PriorityLoad.LevelHealth> levels = new ArrayList<>();
                int count = 1 + chance.nextInt(4);
                for (int i = 0; i < count; i++) {
                    int all = chance.nextInt(12);
                    int healthy = all == 0 ? 0 : chance.nextInt(all + 1);
                    int degraded = all - healthy == 0 ? 0 : chance.nextInt(all - healthy + 1);
                    levels.add(new PriorityLoad.LevelHealth(all, healthy, degraded, all, healthy, degraded));
                }
                PriorityLoad load = PriorityLoad.of(levels, 140, chance.nextInt(101));
                int sum = 0;
                for (int i = 0; i < count; i++) {
                    sum += load.healthyShare(i) + load.degradedShare(i);
                }
                assertThat(sum).as("%s", levels).isEqualTo(100);
            }
        }

        private PriorityLoad load(double panic, PriorityLoad.LevelHealth... levels) {
            return PriorityLoad.of(List.of(levels), 140, panic);
        }

        private PriorityLoad.LevelHealth health(int all, int healthy) {
            return new PriorityLoad.LevelHealth(all, healthy, 0, all, healthy, 0);
        }
    }

    @Test
    void ofManyEndpointsEachIsDrawnAsOftenAsAnyOther() {
        int[] weights = new int[300];
        Arrays.fill(weights, 1);
        LoadBalancer balancer = balancer(LEAST_REQUEST, NO_PANIC, level(weights));

        Map<String, Integer> counts = counts(balancer, 300_000);

        assertThat(counts).hasSize(300);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 1900));
    }

    @Test
    void aNewEndpointGetsItsShareBitByBit() {
        LbPolicy warming = new LbPolicy.RoundRobin(new LbPolicy.SlowStart(Duration.ofSeconds(100), 1.0, 10));
        endpoint(1, HealthStatus.HEALTHY, 1);
        clock.advance(Duration.ofSeconds(200));
        LoadBalancer balancer = balancer(warming, NO_PANIC, level(1, 1));

        assertThat(counts(balancer, 1100).get("10.0.0.2:80")).isCloseTo(100, within(5));
        clock.advance(Duration.ofSeconds(50));
        assertThat(counts(balancer, 1500).get("10.0.0.2:80")).isCloseTo(500, within(10));
        clock.advance(Duration.ofSeconds(50));
        assertThat(counts(balancer, 1000).get("10.0.0.2:80")).isEqualTo(500);
    }

    @Test
    void triedPrioritiesAreLeftOutWhileOthersAreHealthy() {
        LoadBalancer balancer = balancer(
                ROUND_ROBIN,
                NO_PANIC,
                new EndpointSet.Level(List.of(new EndpointSet.Zone(1, List.of(endpoint(1, HealthStatus.HEALTHY, 1))))),
                new EndpointSet.Level(List.of(new EndpointSet.Zone(1, List.of(endpoint(2, HealthStatus.HEALTHY, 1))))));

        assertThat(again(balancer, 0b00)).isEqualTo("10.0.0.1:80");
        assertThat(again(balancer, 0b01)).isEqualTo("10.0.0.2:80");
        assertThat(again(balancer, 0b10)).isEqualTo("10.0.0.1:80");
        assertThat(again(balancer, 0b11)).isEqualTo("10.0.0.1:80");
    }

    private String again(LoadBalancer balancer, long without) {
        return balancer.pickAgain(chance, 0, host -> false, 0, without).host().address();
    }

    @Test
    void peakEwmaAvoidsWhoIsSlowOrSilent() {
        LoadBalancer balancer = new LoadBalancer(
                new EndpointSet(List.of(level(1, 1)), 140, false),
                Resources.withMetadata(
                        Resources.cluster("one", LEAST_REQUEST, NO_PANIC, CircuitBreakers.DEFAULT, null),
                        "inmesh",
                        Map.of("loadBalancer", "PEAK_EWMA")),
                state);
        Host one = state.host("10.0.0.1:80");
        Host other = state.host("10.0.0.2:80");
        one.latency().observe(10_000_000, clock.nanoTime());
        other.latency().observe(20_000_000, clock.nanoTime());
        assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.1:80");

        // Busy, and silent for longer than it ever took.
        one.latency().wakes(clock.nanoTime());
        one.activeRequests().increment();
        clock.advance(Duration.ofMillis(100));
        assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.2:80");

        one.activeRequests().decrement();
        one.latency().observe(100_000_000, clock.nanoTime());
        assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.2:80");
        // A peak sinks: by now it is below the other's, which rose in between.
        clock.advance(Duration.ofSeconds(30));
        other.latency().observe(20_000_000, clock.nanoTime());
        assertThat(counts(balancer, 100)).containsOnlyKeys("10.0.0.1:80");
    }

    @Test
    void weightedLocalitiesShareByWeightAndHealth() {
        CommonLb weighted = new CommonLb(0, new CommonLb.LocalityMode.Weighted());
        EndpointSet.Zone near = new EndpointSet.Zone(3, List.of(endpoint(1, HealthStatus.HEALTHY, 1)));
        EndpointSet.Zone far = new EndpointSet.Zone(
                1, List.of(endpoint(2, HealthStatus.HEALTHY, 1), endpoint(3, HealthStatus.HEALTHY, 1)));
        EndpointSet.Zone none = new EndpointSet.Zone(0, List.of(endpoint(4, HealthStatus.HEALTHY, 1)));
        LoadBalancer balancer = balancer(ROUND_ROBIN, weighted, new EndpointSet.Level(List.of(near, far, none)));
        Map<String, Integer> counts = counts(balancer, 8000);
        assertThat(counts).doesNotContainKey("10.0.0.4:80");
        assertThat(counts.get("10.0.0.1:80")).isCloseTo(6000, within(5));
        eject("10.0.0.2:80");
        // Half of the far locality is left: 1 x min(1, 1.4 x 0.5) against 3.
        assertThat(counts(balancer, 8000).get("10.0.0.3:80")).isCloseTo(1514, within(10));
    }

    private void eject(String address) {
        state.ejections().eject(state.host(address), 0, Long.MAX_VALUE);
    }

    private List<String> picks(LoadBalancer balancer, int count) {
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            picked.add(balancer.pick(chance).host().address());
        }
        return picked;
    }

    private Map<String, Integer> counts(LoadBalancer balancer, int picks) {
        Map<String, Integer> counts = new HashMap<>();
        picks(balancer, picks).forEach(address -> counts.merge(address, 1, Integer::sum));
        return counts;
    }

    private LoadBalancer balancer(LbPolicy policy, CommonLb common, EndpointSet.Level... levels) {
        return new LoadBalancer(
                new EndpointSet(List.of(levels), 140, false),
                Resources.cluster("one", policy, common, CircuitBreakers.DEFAULT, null),
                state);
    }

    private EndpointSet.Level level(int... weights) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            endpoints.add(endpoint(i + 1, HealthStatus.UNKNOWN, weights[i]));
        }
        return new EndpointSet.Level(List.of(new EndpointSet.Zone(1, endpoints)));
    }

    private EndpointSet.Level level(HealthStatus... health) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < health.length; i++) {
            endpoints.add(endpoint(i + 1, health[i], 1));
        }
        return new EndpointSet.Level(List.of(new EndpointSet.Zone(1, endpoints)));
    }

    private Endpoint endpoint(int number, HealthStatus health, int weight) {
        String address = "10.0.0." + number + ":80";
        LbEndpoint description = Resources.endpoint(address, health, weight);
        return new Endpoint(
                state.host(address), description, 0, Locality.UNKNOWN, new TransportSocket.Raw(), Workload.UNKNOWN);
    }
}

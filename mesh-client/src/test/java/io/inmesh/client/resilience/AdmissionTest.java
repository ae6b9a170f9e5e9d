package io.inmesh.client.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.resilience.Permit.State;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.cluster.CircuitBreakers.RetryBudget;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final int MANY = Integer.MAX_VALUE;

    private final FakeClock clock = new FakeClock();
    private final ClusterState cluster = new HostRegistry(clock, new SplittableRandom(1)).cluster("one");
    private final Host host = cluster.host("10.0.0.1:80");

    @Test
    void aRequestIsPendingUntilItHasAConnectionAndActiveUntilItsEnd() {
        Permit permit = enter(new Admission(cluster, Thresholds.DEFAULT));
        assertThat(permit.permitState()).isEqualTo(State.CONNECTING);
        assertThat(cluster.pendingRequests().get()).isEqualTo(1);
        assertThat(cluster.connections().get()).isEqualTo(1);
        ConnectionLease lease = permit.connectionOpening();
        assertThat(permit.connectionReached()).isTrue();
        assertThat(cluster.pendingRequests().get()).isZero();
        assertThat(host.activeRequests().get()).isEqualTo(1);
        permit.release();
        permit.release();
        assertThat(cluster.activeRequests().get()).isZero();
        assertThat(cluster.connections().get()).isEqualTo(1);
        assertThat(enter(new Admission(cluster, Thresholds.DEFAULT)).permitState())
                .isEqualTo(State.ACTIVE);
        lease.close();
        lease.close();
        assertThat(cluster.connections().get()).isZero();
    }

    @Test
    void maxRequestsIsExact() {
        Admission admission = new Admission(cluster, new Thresholds(1024, 1024, 2, 3, null));
        Permit first = connected(admission);
        assertThat(connected(admission).permitState()).isEqualTo(State.ACTIVE);
        assertThat(connected(admission).permitState()).isEqualTo(State.OVERFLOW);
        first.release();
        assertThat(connected(admission).permitState()).isEqualTo(State.ACTIVE);
    }

    @Test
    void zeroRequestsAdmitNobody() {
        assertThat(connected(new Admission(cluster, new Thresholds(1, 1, 0, 0, null)))
                        .permitState())
                .isEqualTo(State.OVERFLOW);
    }

    @Test
    void beyondMaxConnectionsRequestsWaitAndBeyondMaxPendingTheyOverflow() {
        Admission admission = new Admission(cluster, new Thresholds(1, 1, 1024, 3, null));
        Permit active = connected(admission);
        List<String> granted = new ArrayList<>();
        Permit waiting = enter(admission, host, 1, () -> granted.add("second"));
        assertThat(waiting.permitState()).isEqualTo(State.WAITING);
        assertThat(enter(admission).permitState()).isEqualTo(State.OVERFLOW);
        active.release();
        assertThat(granted).containsExactly("second");
        assertThat(waiting.permitState()).isEqualTo(State.ACTIVE);
        assertThat(cluster.pendingRequests().get()).isZero();
    }

    @Test
    void whoeverWaitsIsServedInOrder() {
        Admission admission = new Admission(cluster, new Thresholds(1, 10, 1024, 3, null));
        Permit current = connected(admission);
        List<Integer> served = new ArrayList<>();
        List<Permit> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiting.add(enter(admission, host, 1, () -> served.add(number)));
        }
        waiting.get(1).release();
        for (int i : new int[] {0, 2, 3, 4}) {
            current.release();
            current = waiting.get(i);
        }
        current.release();
        assertThat(served).containsExactly(0, 2, 3, 4);
        assertThat(cluster.pendingRequests().get()).isZero();
        assertThat(cluster.activeRequests().get()).isZero();
        assertThat(cluster.connections().get()).isEqualTo(1);
    }

    @Test
    void aClosedConnectionMakesRoomForOneToAnotherHost() {
        Admission admission = new Admission(cluster, new Thresholds(2, 10, 1024, 3, null));
        Host other = cluster.host("10.0.0.2:80");
        Permit first = enter(admission);
        ConnectionLease lease = first.connectionOpening();
        first.connectionReached();
        Permit second = enter(admission, other, 1, () -> {});
        second.connectionOpening();
        second.connectionReached();
        Permit third = enter(admission, other, 1, () -> {});
        assertThat(third.permitState()).isEqualTo(State.WAITING);
        first.release();
        assertThat(third.permitState()).isEqualTo(State.WAITING);
        lease.close();
        assertThat(third.permitState()).isEqualTo(State.CONNECTING);
    }

    @Test
    void aHostWithoutAnyConnectionMayAlwaysOpenOne() {
        Admission admission = new Admission(cluster, new Thresholds(1, 10, 1024, 3, null));
        connected(admission);
        Permit other = enter(admission, cluster.host("10.0.0.2:80"), 1, () -> {});
        assertThat(other.permitState()).isEqualTo(State.CONNECTING);
    }

    @Test
    void aConnectionThatWasNotOpenedAfterAllIsNotCounted() {
        Admission admission = new Admission(cluster, Thresholds.DEFAULT);
        Permit failed = enter(admission);
        failed.release();
        Permit reused = enter(admission);
        reused.connectionReached();
        assertThat(cluster.connections().get()).isZero();
        assertThat(host.connecting().get()).isZero();
    }

    @Test
    void oneMultiplexedConnectionCarriesAllThatCome() {
        Admission admission = new Admission(cluster, new Thresholds(1, 10, 1024, 3, null));
        Permit first = enter(admission, host, MANY, () -> {});
        Permit second = enter(admission, host, MANY, () -> {});
        assertThat(second.permitState()).isEqualTo(State.WAITING);
        first.connectionOpening();
        first.connectionReached();
        assertThat(second.permitState()).isEqualTo(State.ACTIVE);
        assertThat(enter(admission, host, MANY, () -> {}).permitState()).isEqualTo(State.ACTIVE);
    }

    @Test
    void asManyMultiplexedConnectionsAreOpenedAsTheRequestsNeed() {
        Admission admission = new Admission(cluster, Thresholds.DEFAULT);
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            permits.add(enter(admission, host, 3, () -> {}));
        }
        assertThat(permits)
                .extracting(Permit::permitState)
                .containsExactly(
                        State.CONNECTING,
                        State.WAITING,
                        State.WAITING,
                        State.CONNECTING,
                        State.WAITING,
                        State.WAITING,
                        State.CONNECTING);
        for (int i : new int[] {0, 3, 6}) {
            permits.get(i).connectionOpening();
            permits.get(i).connectionReached();
        }
        assertThat(permits).extracting(Permit::permitState).containsOnly(State.ACTIVE);
        assertThat(host.connections().get()).isEqualTo(3);
        assertThat(enter(admission, host, 3, () -> {}).permitState()).isEqualTo(State.ACTIVE);
    }

    @Test
    void whoeverWaitsForAConnectionThatFailsTriesOneOfItsOwn() {
        Admission admission = new Admission(cluster, Thresholds.DEFAULT);
        Permit first = enter(admission, host, MANY, () -> {});
        Permit second = enter(admission, host, MANY, () -> {});
        Permit third = enter(admission, host, MANY, () -> {});
        assertThat(third.permitState()).isEqualTo(State.WAITING);

        first.connectionOpening().close();
        first.release();

        assertThat(second.permitState()).isEqualTo(State.CONNECTING);
        assertThat(third.permitState()).isEqualTo(State.CONNECTING);
    }

    @Test
    void aRetryBudgetIsAShareOfWhatIsUnderWay() {
        Admission admission = new Admission(cluster, new Thresholds(1024, 1024, 1024, 0, new RetryBudget(25, 2)));
        assertThat(retries(admission)).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            connected(admission);
        }
        assertThat(retries(admission)).isEqualTo(5);
    }

    @Test
    void aRetryBudgetThatLooksBackIsAShareOfWhatBeganLately() {
        RetryBudget budget = new RetryBudget(20, 1, Duration.ofSeconds(1));
        Admission admission = new Admission(cluster, new Thresholds(1024, 1024, 1024, 0, budget));
        for (int i = 0; i < 10; i++) {
            connected(admission).release();
        }

        assertThat(retries(admission)).as("though none is under way").isEqualTo(2);

        clock.advance(Duration.ofMillis(500));
        for (int i = 0; i < 20; i++) {
            connected(admission).release();
        }
        assertThat(retries(admission)).isEqualTo(6);
        clock.advance(Duration.ofMillis(600));
        assertThat(retries(admission)).as("the first ten are too long ago").isEqualTo(4);
        clock.advance(Duration.ofMillis(600));
        assertThat(retries(admission)).as("what is always allowed").isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        connected(admission);
        assertThat(retries(admission)).isEqualTo(1);
    }

    @Test
    void countsAreExactUnderContention() throws InterruptedException {
        Admission admission = new Admission(cluster, new Thresholds(4, 1000, 1000, 3, null));
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        for (int i = 0; i < 16; i++) {
            threads.execute(() -> {
                for (int call = 0; call < 200; call++) {
                    callOnce(admission, open, most);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 4);
        assertThat(cluster.activeRequests().get()).isZero();
        assertThat(cluster.pendingRequests().get()).isZero();
        assertThat(cluster.connections().get()).isZero();
        assertThat(cluster.waiters()).isEmpty();
    }

    private void callOnce(Admission admission, AtomicInteger open, AtomicInteger most) {
        CountDownLatch granted = new CountDownLatch(1);
        Permit permit = enter(admission, host, 1, granted::countDown);
        try {
            while (permit.permitState() == State.WAITING) {
                assertThat(granted.await(10, TimeUnit.SECONDS)).isTrue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        ConnectionLease lease = permit.connectionOpening();
        permit.connectionReached();
        most.accumulateAndGet(open.incrementAndGet(), Math::max);
        open.decrementAndGet();
        lease.close();
        permit.release();
    }

    private static int retries(Admission admission) {
        int granted = 0;
        while (admission.tryRetry()) {
            granted++;
        }
        for (int i = 0; i < granted; i++) {
            admission.retryEnded();
        }
        return granted;
    }

    private Permit enter(Admission admission) {
        return enter(admission, host, 1, () -> {});
    }

    private static Permit enter(Admission admission, Host host, int streams, Runnable granted) {
        Permit permit = new Permit() {
            @Override
            public void granted() {
                granted.run();
            }

            @Override
            public void expired() {
                throw new AssertionError("not armed");
            }
        };
        admission.enter(permit, host, streams);
        return permit;
    }

    private Permit connected(Admission admission) {
        Permit permit = enter(admission);
        permit.connectionOpening();
        permit.connectionReached();
        return permit;
    }
}

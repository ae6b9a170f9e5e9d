package io.inmesh.client.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.testkit.FakeClock;
import io.inmesh.testkit.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimingWheelTest {

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final TimingWheel wheel = new TimingWheel(clock, scheduler);

    @Test
    void timersExpireInTheirTickAndNeverEarly() {
        SplittableRandom random = new SplittableRandom(7);
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Probe probe = new Probe();
            probe.dueNanos = clock.nanoTime() + random.nextLong(TimeUnit.SECONDS.toNanos(20));
            wheel.arm(probe, probe.dueNanos);
            probes.add(probe);
        }
        scheduler.advance(Duration.ofSeconds(21));
        assertThat(probes).allSatisfy(probe -> {
            assertThat(probe.expired).isEqualTo(1);
            assertThat(probe.atNanos - probe.dueNanos).isBetween(0L, TimingWheel.TICK_NANOS);
        });
    }

    @Test
    void aTimerThatIsCalledOffDoesNotExpire() {
        Probe off = new Probe();
        Probe on = new Probe();
        wheel.arm(off, clock.nanoTime() + millis(5));
        wheel.arm(on, clock.nanoTime() + millis(5));
        wheel.disarm(off);
        wheel.disarm(off);
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(off.expired).isZero();
        assertThat(on.expired).isEqualTo(1);
    }

    @Test
    void aTimerMovesAndMayBeArmedAgain() {
        Probe probe = new Probe();
        wheel.arm(probe, clock.nanoTime() + millis(900));
        wheel.arm(probe, clock.nanoTime() + millis(3));
        scheduler.advance(Duration.ofMillis(10));
        assertThat(probe.expired).isEqualTo(1);
        wheel.arm(probe, clock.nanoTime() - millis(50));
        scheduler.advance(Duration.ofMillis(2));
        assertThat(probe.expired).isEqualTo(2);
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(probe.expired).isEqualTo(2);
    }

    @Test
    void oneThatFailsCostsTheOthersNothing() {
        Probe other = new Probe();
        wheel.arm(
                new Timer() {
                    @Override
                    public void expired() {
                        throw new IllegalStateException("an application's listener");
                    }
                },
                clock.nanoTime() + millis(1));
        wheel.arm(other, clock.nanoTime() + millis(1));
        scheduler.advance(Duration.ofMillis(5));
        assertThat(other.expired).isEqualTo(1);
    }

    @Test
    void callsThatEndInTimeCostTheExecutorNothing() {
        int asked = 0;
        FakeScheduler counting = new FakeScheduler(clock);
        TimingWheel counted = new TimingWheel(clock, counting);
        for (int i = 0; i < 10_000; i++) {
            Probe probe = new Probe();
            counted.arm(probe, clock.nanoTime() + TimeUnit.SECONDS.toNanos(15));
            asked = Math.max(asked, counting.waiting());
            counted.disarm(probe);
            clock.advance(Duration.ofNanos(100_000));
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void eachOfManyThreadsTimersExpiresOnceOrIsCalledOff() throws InterruptedException {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        TimingWheel real = new TimingWheel(MeshClock.system(), executor);
        CountDownLatch expired = new CountDownLatch(8 * 1000);
        AtomicInteger wrong = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 1000; n++) {
                    real.disarm(armed(real, TimeUnit.SECONDS.toNanos(600), wrong::incrementAndGet));
                    armed(real, millis(n % 50), expired::countDown);
                }
            });
        }
        assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.get()).isZero();
        threads.shutdown();
        executor.shutdownNow();
    }

    private static Timer armed(TimingWheel wheel, long inNanos, Runnable action) {
        Timer timer = new Timer() {
            @Override
            public void expired() {
                action.run();
            }
        };
        wheel.arm(timer, MeshClock.system().nanoTime() + inNanos);
        return timer;
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private final class Probe extends Timer {
        private long dueNanos;
        private long atNanos;
        private int expired;

        @Override
        public void expired() {
            expired++;
            atNanos = clock.nanoTime();
        }
    }
}

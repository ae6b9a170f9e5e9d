package io.inmesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeSchedulerTest {

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final List<String> log = new ArrayList<>();

    @Test
    void tasksRunAtTheirTimeInOrder() {
        ScheduledFuture<?> second = scheduler.schedule(() -> log.add("b" + clock.nanoTime()), 20, TimeUnit.NANOSECONDS);
        ScheduledFuture<?> first = scheduler.schedule(() -> log.add("a" + clock.nanoTime()), 10, TimeUnit.NANOSECONDS);
        scheduler.execute(() -> log.add("now"));
        ScheduledFuture<?> late = scheduler.schedule(() -> log.add("late"), 100, TimeUnit.NANOSECONDS);
        scheduler.advance(Duration.ofNanos(50));
        assertThat(log).containsExactly("now", "a10", "b20");
        assertThat(clock.nanoTime()).isEqualTo(50);
        assertThat(first.isDone()).isTrue();
        assertThat(second.isDone()).isTrue();
        assertThat(late.isDone()).isFalse();
        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @Test
    void periodicTasksRunUntilTheyAreCancelled() {
        ScheduledFuture<?> periodic =
                scheduler.scheduleWithFixedDelay(() -> log.add("x"), 10, 10, TimeUnit.NANOSECONDS);
        scheduler.advance(Duration.ofNanos(35));
        assertThat(log).hasSize(3);
        periodic.cancel(false);
        scheduler.advance(Duration.ofNanos(100));
        assertThat(log).hasSize(3);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void aTaskThatThrowsFailsTheTest() {
        scheduler.execute(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(scheduler::runDue).isInstanceOf(AssertionError.class).hasRootCauseMessage("broken");
    }
}

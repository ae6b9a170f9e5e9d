package io.inmesh.testkit;

import io.inmesh.api.spi.MeshClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test moves it. Thread-safe. */
public final class FakeClock implements MeshClock {

    private final Instant start;
    private final AtomicLong elapsedNanos = new AtomicLong();
    private volatile Duration wallClockJump = Duration.ZERO;

    public FakeClock(Instant start) {
        this.start = start;
    }

    public FakeClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public long nanoTime() {
        return elapsedNanos.get();
    }

    @Override
    public Instant now() {
        return start.plusNanos(elapsedNanos.get()).plus(wallClockJump);
    }

    public void advance(Duration duration) {
        elapsedNanos.addAndGet(duration.toNanos());
    }

    /** Moves the wall clock alone, as an administrator or a resumed machine does. */
    public void jump(Duration jump) {
        wallClockJump = wallClockJump.plus(jump);
    }
}

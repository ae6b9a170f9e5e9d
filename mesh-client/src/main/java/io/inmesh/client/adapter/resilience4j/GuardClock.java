package io.inmesh.client.adapter.resilience4j;

import io.inmesh.api.spi.MeshClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The mesh's clock as resilience4j reads it: the monotonic one, so that a step of the machine's time opens and closes nothing. */
final class GuardClock extends Clock {

    private final MeshClock clock;
    private final Instant origin;
    private final long originNanos;

    GuardClock(MeshClock clock) {
        this.clock = clock;
        this.origin = clock.now();
        this.originNanos = clock.nanoTime();
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(clock.nanoTime() - originNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The zone is of no interest to whoever measures. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

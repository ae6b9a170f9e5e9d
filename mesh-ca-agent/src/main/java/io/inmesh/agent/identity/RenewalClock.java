package io.inmesh.agent.identity;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.MeshClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the next attempt is due. A renewal is due when either clock says so: the wall clock, which a resumed machine finds moved
 * on, or the monotonic one, which an administrator cannot set back. Attempts are spaced by the monotonic clock alone, so that no jump
 * of the wall clock makes a storm of them. Not thread-safe.
 */
final class RenewalClock {

    private static final Duration FAR = Duration.ofDays(3650);

    private final MeshClock clock;
    private final RotationSchedule schedule;
    private @Nullable WorkloadIdentity identity;
    private Instant renewal = Instant.MIN;
    private long renewalNanos;
    private long notBeforeNanos;

    RenewalClock(MeshClock clock, RotationSchedule schedule) {
        this.clock = clock;
        this.schedule = schedule;
        this.notBeforeNanos = clock.nanoTime();
    }

    /**
     * A new identity is in use.
     *
     * @param from since when it lives for us: its beginning, or later where its CA dates certificates back
     * @return when to renew it
     */
    Instant taken(WorkloadIdentity taken, Instant from, double chance) {
        identity = taken;
        Instant until = taken.notAfter();
        renewal = schedule.renewalOf(from.isBefore(until) ? from : until, until, chance);
        notBeforeNanos = clock.nanoTime();
        renewalNanos = notBeforeNanos + nanos(Duration.between(clock.now(), renewal));
        return renewal;
    }

    /** The identity is to be renewed after this, if not sooner. */
    void due(Duration after) {
        Instant then = clock.now().plus(after);
        if (then.isBefore(renewal)) {
            renewal = then;
            renewalNanos = clock.nanoTime() + after.toNanos();
        }
    }

    /** No attempt before this has passed. */
    void pause(Duration pause) {
        notBeforeNanos = clock.nanoTime() + pause.toNanos();
    }

    /** How long until the next attempt, or until the wall clock has to be looked at again. */
    Duration untilNext(Duration watch) {
        long now = clock.nanoTime();
        long wait = 0;
        if (!isRenewalTime()) {
            long byWall = nanos(Duration.between(clock.now(), renewal));
            wait = Math.min(watch.toNanos(), Math.min(byWall, renewalNanos - now));
        }
        return Duration.ofNanos(Math.max(0, Math.max(wait, notBeforeNanos - now)));
    }

    private boolean isRenewalTime() {
        if (identity == null) {
            return true;
        }
        Instant now = clock.now();
        return !now.isBefore(renewal) || now.isBefore(identity.notBefore()) || clock.nanoTime() - renewalNanos >= 0;
    }

    /** Cut to what is far enough and cannot overflow. */
    private static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return (duration.compareTo(FAR) > 0 ? FAR : duration).toNanos();
    }
}

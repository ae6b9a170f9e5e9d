package io.inmesh.client.resilience;

import org.jspecify.annotations.Nullable;

/**
 * Something that is to happen at an instant unless it is called off before. It is itself the node of the wheel that it is armed on, so that
 * arming costs no object: what is to be timed extends it.
 */
public abstract class Timer {

    /** Spreads timers of different threads over the wheel's parts. */
    final int home = (int) Thread.currentThread().getId();

    // Of the wheel; guarded by the lock of the part that the timer is at home in.
    @Nullable
    Timer before;

    @Nullable
    Timer after;

    long dueTick;
    boolean armed;

    /** Timers alone call this, when the instant has come, on a thread of theirs; it must not block. */
    public abstract void expired();
}

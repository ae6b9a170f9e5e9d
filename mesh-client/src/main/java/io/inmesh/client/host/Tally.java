package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicInteger;

/** How many attempts there were between two sweeps, and how many of them succeeded. Thread-safe. */
public final class Tally {

    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger good = new AtomicInteger();

    Tally() {}

    public void count(boolean success) {
        all.incrementAndGet();
        if (success) {
            good.incrementAndGet();
        }
    }

    /** Begins anew and returns what was. */
    public Taken take() {
        int successes = good.getAndSet(0);
        return new Taken(all.getAndSet(0), successes);
    }

    /** A tally at its end. */
    public record Taken(int all, int good) {

        /** Percent of successes. */
        public double successRate() {
            return 100.0 * good / all;
        }
    }
}

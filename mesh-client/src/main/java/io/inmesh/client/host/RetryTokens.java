package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a cluster's retries are paid with where the operator has set no budget: each call earns a fifth of one, so that in the long run at
 * most 20 % are added, and what a hundred cost is kept for the moment when a host dies. Thread-safe.
 */
public final class RetryTokens {

    private static final long COST = 5;
    private static final long KEPT = 100 * COST;

    private final AtomicLong earned = new AtomicLong(KEPT);

    /** A call was made. */
    public void earn() {
        // Reading first keeps the line shared between cores while all is well.
        if (earned.get() < KEPT) {
            earned.updateAndGet(now -> Math.min(KEPT, now + 1));
        }
    }

    /** Whether a retry can be paid for; it is then. */
    public boolean spend() {
        long now = earned.get();
        while (now >= COST) {
            if (earned.compareAndSet(now, now - COST)) {
                return true;
            }
            now = earned.get();
        }
        return false;
    }
}

package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How often callers of a cluster got each status, local replies included. Thread-safe; after the first, counting allocates nothing. */
public final class ResponseCodes {

    private static final int CODES = 600;

    private final AtomicReference<@Nullable AtomicLongArray> counts = new AtomicReference<>();

    ResponseCodes() {}

    /** Statuses that no response has are not counted. */
    public void count(int status) {
        if (status < 100 || status >= CODES) {
            return;
        }
        AtomicLongArray existing = counts.get();
        if (existing == null) {
            counts.compareAndSet(null, new AtomicLongArray(CODES));
            existing = counts.get();
        }
        if (existing != null) {
            existing.incrementAndGet(status);
        }
    }

    /** How often there was a status. */
    public long get(int status) {
        AtomicLongArray existing = counts.get();
        return existing == null ? 0 : existing.get(status);
    }

    /** How often there was one from the first (inclusive) to the last (exclusive). */
    public long sum(int from, int to) {
        long sum = 0;
        for (int status = from; status < to; status++) {
            sum += get(status);
        }
        return sum;
    }
}

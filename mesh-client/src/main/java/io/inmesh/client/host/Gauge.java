package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicLong;

/** How many of something there are now. Thread-safe and exact. */
public final class Gauge {

    private final AtomicLong value = new AtomicLong();

    /** Adds one if there are fewer than the limit. */
    public boolean tryIncrement(long limit) {
        long now = value.get();
        while (now < limit) {
            if (value.compareAndSet(now, now + 1)) {
                return true;
            }
            now = value.get();
        }
        return false;
    }

    public void increment() {
        value.incrementAndGet();
    }

    public void decrement() {
        value.decrementAndGet();
    }

    public long get() {
        return value.get();
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }
}

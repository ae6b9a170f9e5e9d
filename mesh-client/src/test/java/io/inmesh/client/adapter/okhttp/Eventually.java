package io.inmesh.client.adapter.okhttp;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread, and not for ever. */
final class Eventually {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private Eventually() {}

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS
                    || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("It did not happen");
            }
            Thread.onSpinWait();
        }
    }
}

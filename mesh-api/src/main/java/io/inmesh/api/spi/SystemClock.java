package io.inmesh.api.spi;

import java.time.Instant;

/** The one place that reads the machine's clock. */
enum SystemClock implements MeshClock {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}

package io.inmesh.api.spi;

import java.time.Instant;

/** Time as the mesh sees it. Handed in everywhere, so that whatever depends on it is tested without sleeping. Thread-safe. */
public interface MeshClock {

    /** Nanoseconds from an arbitrary origin, never running backwards: for durations and timers. */
    long nanoTime();

    /** The wall clock, which may jump: for certificates and log lines only. */
    Instant now();

    /** The machine's own clock. */
    static MeshClock system() {
        return SystemClock.INSTANCE;
    }
}

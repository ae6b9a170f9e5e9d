package io.inmesh.client.route;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the current snapshot is found: one volatile, written by the publisher, read once per call. Thread-safe. */
public final class SnapshotHolder<T> {

    private final CountDownLatch first = new CountDownLatch(1);
    private volatile @Nullable T current;

    public void publish(T snapshot) {
        current = Objects.requireNonNull(snapshot, "snapshot");
        first.countDown();
    }

    /** Null before the first complete snapshot. */
    public @Nullable T current() {
        return current;
    }

    /** Waits for the first snapshot; null if it does not come in time. */
    public @Nullable T await(long nanos) throws InterruptedException {
        T snapshot = current;
        if (snapshot == null && first.await(nanos, TimeUnit.NANOSECONDS)) {
            snapshot = current;
        }
        return snapshot;
    }
}

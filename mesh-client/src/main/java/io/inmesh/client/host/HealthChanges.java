package io.inmesh.client.host;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last hosts of a cluster that were ejected or returned, in order, so that balancers need not look at all of them. Written under the
 * cluster's lock, read by anybody.
 */
public final class HealthChanges {

    private static final int KEPT = 64;

    private volatile @Nullable AtomicReferenceArray<@Nullable Host> last;
    private volatile long count;

    HealthChanges() {}

    /** How many changes there were. */
    public long count() {
        return count;
    }

    /** The host of a change; null if it is too long ago. */
    public @Nullable Host at(long index) {
        AtomicReferenceArray<@Nullable Host> kept = last;
        Host host = kept == null ? null : kept.get((int) (index % KEPT));
        // What was overwritten while it was read counts as gone.
        return count - index < KEPT ? host : null;
    }

    void add(Host host) {
        AtomicReferenceArray<@Nullable Host> kept = last;
        if (kept == null) {
            kept = new AtomicReferenceArray<>(KEPT);
            last = kept;
        }
        long now = count;
        kept.set((int) (now % KEPT), host);
        count = now + 1;
    }
}

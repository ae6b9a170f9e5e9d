package io.inmesh.client.route;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current inbound snapshot: one volatile. Empty until the first one arrives, and never again. Thread-safe.
 */
public final class InboundHolder {

    private volatile @Nullable InboundSnapshot current;

    public Optional<InboundSnapshot> current() {
        return Optional.ofNullable(current);
    }

    /** Takes effect with the next request of every connection, open ones included. */
    public void publish(InboundSnapshot snapshot) {
        current = snapshot;
    }
}

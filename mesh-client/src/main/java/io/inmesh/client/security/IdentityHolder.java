package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The workload's identity of this moment. Whoever needs it reads it once and works with that value, so that key, chain and roots
 * always belong together. Thread-safe; readers never wait.
 */
public final class IdentityHolder {

    private final AtomicReference<@Nullable HeldIdentity> current = new AtomicReference<>();

    /** Replaces the identity. The same certificate with the same roots again changes nothing. */
    public void publish(WorkloadIdentity identity) {
        current.updateAndGet(held -> {
            if (held != null && same(held.identity(), identity)) {
                return held;
            }
            return new HeldIdentity(identity, held == null ? 1 : held.epoch() + 1);
        });
    }

    /** Empty until the first identity has arrived. */
    public Optional<HeldIdentity> current() {
        return Optional.ofNullable(current.get());
    }

    private static boolean same(WorkloadIdentity a, WorkloadIdentity b) {
        return a.chain().equals(b.chain()) && a.trustBundle().equals(b.trustBundle());
    }
}

package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The workload's identity of this moment. Whoever needs it reads it once and works with that value, so that key, chain and roots
 * always belong together. A TLS session or connection made under one identity is never used under another. Thread-safe; readers never
 * wait.
 */
public final class IdentityHolder {

    private final AtomicReference<@Nullable Held> current = new AtomicReference<>();

    /** Replaces the identity. The same certificate with the same roots again changes nothing. */
    public void publish(WorkloadIdentity identity) {
        current.updateAndGet(held ->
                held != null && same(held.identity(), identity) ? held : new Held(identity, TlsMaterial.of(identity)));
    }

    /** Empty until the first identity has arrived. */
    public Optional<WorkloadIdentity> current() {
        return Optional.ofNullable(current.get()).map(Held::identity);
    }

    /** The same instance for as long as the identity is the same. */
    @Nullable
    TlsMaterial material() {
        Held held = current.get();
        return held == null ? null : held.material();
    }

    private static boolean same(WorkloadIdentity a, WorkloadIdentity b) {
        return a.chain().equals(b.chain()) && a.trustBundle().equals(b.trustBundle());
    }

    private record Held(WorkloadIdentity identity, TlsMaterial material) {}
}

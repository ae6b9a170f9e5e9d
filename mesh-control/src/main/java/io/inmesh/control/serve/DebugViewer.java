package io.inmesh.control.serve;

import io.inmesh.api.identity.SpiffeId;
import java.util.Optional;

/**
 * Who looks at what the control service knows: those of the root namespace at everything, others at what is of their own namespace.
 *
 * @param namespace empty for everything
 */
public record DebugViewer(Optional<String> namespace) {

    /** On ports for development, where everybody is believed. */
    public static final DebugViewer ALL = new DebugViewer(Optional.empty());

    static DebugViewer of(SpiffeId caller, String rootNamespace) {
        // /ns/NAMESPACE/sa/ACCOUNT, as every identity of ours is.
        String[] parts = caller.path().split("/", -1);
        String namespace = parts.length > 2 ? parts[2] : "";
        return namespace.equals(rootNamespace) ? ALL : new DebugViewer(Optional.of(namespace));
    }

    boolean sees(String owner) {
        return namespace.isEmpty() || namespace.get().equals(owner);
    }
}

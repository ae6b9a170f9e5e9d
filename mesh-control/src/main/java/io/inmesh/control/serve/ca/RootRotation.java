package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.SharedState;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The operator's hand on the mesh's own root, in three steps: add a new root, sign with it, remove the old one. Works on the state
 * directory alone, under its lock; control services that run on it take a step over within seconds. Between two steps every workload must have
 * renewed its certificate once, which is up to half of a leaf's life; nothing is lost then. One thread at a time calls.
 *
 * @see <a href="https://github.com/spiffe/spire/blob/main/doc/spire_server.md">SPIRE, prepare, activate, revoke</a>
 */
public final class RootRotation {

    private final AuthorityStore store;

    /**
     * Opens the state directory of a control service.
     *
     * @throws IOException if it cannot be used
     */
    public RootRotation(Path state, TrustDomain trustDomain, MeshClock clock) throws IOException {
        store = new AuthorityStore(PrivateDirectory.open(state.resolve("ca")), trustDomain, clock, new SecureRandom());
    }

    /** For control services that share their state. */
    public RootRotation(SharedState state, TrustDomain trustDomain, MeshClock clock) {
        store = new AuthorityStore(new SharedRoots(state), trustDomain, clock, new SecureRandom());
    }

    /** Where it stands. */
    public RotationStatus status() throws IOException {
        return store.status();
    }

    /**
     * Trusts a new root of ten years beside the old one, which goes on signing.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException unless the rotation before has ended
     */
    public RotationStatus add() throws IOException {
        store.add();
        return store.status();
    }

    /**
     * Lets the added root sign, whose predecessor's key is gone then.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException unless a root has been added
     */
    public RotationStatus signWithNew() throws IOException {
        store.signWithNew();
        return store.status();
    }

    /**
     * Trusts the old root no more.
     *
     * @throws io.inmesh.api.error.MeshConfigurationException unless the new one signs
     */
    public RotationStatus removeOld() throws IOException {
        store.removeOld();
        return store.status();
    }
}

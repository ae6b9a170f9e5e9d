package io.inmesh.agent.identity;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import java.util.Optional;

/** An identity that somebody keeps current. Thread-safe. */
public interface KeptIdentity extends IdentitySource {

    /** The identity to show to a peer now: empty before the first and after the end of the last. */
    Optional<WorkloadIdentity> usable();

    /** How the certificate stands. */
    IdentityStatus status();
}

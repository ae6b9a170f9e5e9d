package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.util.Objects;

/**
 * An identity and its place in the order of those that were held. A TLS session or connection made under one epoch is never used
 * under another: JSSE does not ask a trust manager again when it resumes a session.
 *
 * @param identity key, chain and trust bundle
 * @param epoch counts from 1, and up by one whenever the certificate or the trust bundle changes
 */
public record HeldIdentity(WorkloadIdentity identity, long epoch) {

    public HeldIdentity {
        Objects.requireNonNull(identity, "identity");
    }
}

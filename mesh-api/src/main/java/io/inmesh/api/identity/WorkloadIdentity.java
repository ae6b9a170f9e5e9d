package io.inmesh.api.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A workload's key, certificate chain and trust bundle as one value, so that no reader ever sees a key of one rotation with the
 * chain or the roots of another. Immutable.
 *
 * @param id the SPIFFE ID in the leaf
 * @param key the private key of the leaf
 * @param chain the leaf first, then intermediates; without the root
 * @param trustBundle every root that peers may chain to; during a root rotation old and new
 */
public record WorkloadIdentity(
        SpiffeId id, PrivateKey key, List<X509Certificate> chain, Set<X509Certificate> trustBundle) {

    public WorkloadIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
        trustBundle = Set.copyOf(trustBundle);
        if (chain.isEmpty() || trustBundle.isEmpty()) {
            throw new IllegalArgumentException("An identity has a chain and a trust bundle: " + id);
        }
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "WorkloadIdentity[" + id + ", until " + notAfter() + "]";
    }
}

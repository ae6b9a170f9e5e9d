package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What we show to a peer. Immutable.
 *
 * @param chain our own certificate first
 * @param key of the first certificate
 */
record Credential(List<X509Certificate> chain, PrivateKey key) {

    Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("A credential has a chain");
        }
    }

    static Credential of(WorkloadIdentity identity) {
        return new Credential(identity.chain(), identity.key());
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "Credential[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}

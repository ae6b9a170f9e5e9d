package io.inmesh.control.serve.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The key that signs, its certificate, and what peers have to trust for the signature to count. Immutable.
 *
 * @param key the private key of the signer
 * @param signer the certificate that issues: a root, or an intermediate below one
 * @param intermediates what a leaf's chain goes on with: the signer if it is no root, then those above it; never a root
 * @param trustBundle the roots, also those that sign no more or not yet
 */
record Authority(
        PrivateKey key, X509Certificate signer, List<X509Certificate> intermediates, Set<X509Certificate> trustBundle) {

    Authority {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(signer, "signer");
        intermediates = List.copyOf(intermediates);
        trustBundle = Set.copyOf(trustBundle);
    }

    /** When the first certificate above a leaf ends; no leaf outlives it. */
    Instant until() {
        return Stream.concat(Stream.of(signer), intermediates.stream())
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** The JDK's name for a signature by this key. */
    String signatureAlgorithm() {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "Authority[" + signer.getSubjectX500Principal() + ", until " + until() + "]";
    }
}

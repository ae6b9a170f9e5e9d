package io.inmesh.control.serve.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Set;

/**
 * The key and the certificate that sign.
 *
 * @param key the private key of the root
 * @param root the self-signed certificate
 */
record Authority(PrivateKey key, X509Certificate root) {

    Authority {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(root, "root");
    }

    /** What peers have to trust. */
    Set<X509Certificate> trustBundle() {
        return Set.of(root);
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "Authority[" + root.getSubjectX500Principal() + ", until "
                + root.getNotAfter().toInstant() + "]";
    }
}

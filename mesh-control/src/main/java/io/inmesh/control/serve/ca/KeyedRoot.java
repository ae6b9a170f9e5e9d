package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.spi.MeshClock;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

/** A root and its key. Immutable. */
record KeyedRoot(PrivateKey key, X509Certificate certificate) {

    static KeyedRoot create(String trustDomain, MeshClock clock, SecureRandom random) {
        KeyPair keys = EcKeys.p256(random);
        return new KeyedRoot(keys.getPrivate(), RootCertificate.issue(trustDomain, keys, clock.now(), random));
    }

    String pem() {
        return Pem.privateKey(key) + Pem.certificates(List.of(certificate));
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "KeyedRoot[" + certificate.getSubjectX500Principal() + "]";
    }
}

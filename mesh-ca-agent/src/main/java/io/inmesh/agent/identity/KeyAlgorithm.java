package io.inmesh.agent.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kind of key that a workload makes for each certificate. */
public enum KeyAlgorithm {
    /** P-256: small and fast; the standard. */
    EC_P256,
    /** RSA of 2048 bits, for peers that know nothing else; making one takes a while. */
    RSA_2048;

    KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(this == RSA_2048 ? "RSA" : "EC");
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make keys of " + this, e);
        }
    }

    String signature() {
        return this == RSA_2048 ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private AlgorithmParameterSpec parameters() {
        return this == RSA_2048
                ? new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)
                : new ECGenParameterSpec("secp256r1");
    }
}

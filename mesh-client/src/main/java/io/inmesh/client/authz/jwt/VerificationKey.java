package io.inmesh.client.authz.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of a JWKS and the algorithms that it may verify: never more than its type allows, and with an {@code alg} of its own only
 * that scheme with a digest that is not shorter. So no RSA key is ever taken for an HMAC secret. Thread-safe.
 */
final class VerificationKey {

    private static final int LEAST_RSA_BITS = 2048;

    private final @Nullable String keyId;
    private final KeyAlgorithms algorithms;
    private final JWSVerifier verifier;

    private VerificationKey(@Nullable String keyId, KeyAlgorithms algorithms, JWSVerifier verifier) {
        this.keyId = keyId;
        this.algorithms = algorithms;
        this.verifier = verifier;
    }

    /** Empty for a key that no signature may be verified with. */
    static Optional<VerificationKey> of(JWK key) {
        boolean otherUse = key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean otherOperations =
                key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY);
        Optional<KeyAlgorithms> algorithms = KeyAlgorithms.of(key);
        if (otherUse || otherOperations || algorithms.isEmpty()) {
            return Optional.empty();
        }
        try {
            JWSVerifier verifier = verifier(key);
            return verifier == null
                    ? Optional.empty()
                    : Optional.of(new VerificationKey(key.getKeyID(), algorithms.get(), verifier));
        } catch (JOSEException unusable) {
            return Optional.empty();
        }
    }

    private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            RSAPublicKey publicKey = rsa.toRSAPublicKey();
            boolean strong = publicKey.getModulus().bitLength() >= LEAST_RSA_BITS
                    && publicKey.getPublicExponent().testBit(0)
                    && publicKey.getPublicExponent().compareTo(BigInteger.ONE) > 0;
            return strong ? new RSASSAVerifier(publicKey) : null;
        } else if (key instanceof ECKey ec) {
            return new ECDSAVerifier(ec.toECPublicKey());
        } else if (key instanceof OctetSequenceKey secret) {
            return new MACVerifier(secret.toByteArray());
        }
        return key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())
                ? EdDsaVerifier.of(pair)
                : null;
    }

    /** Whether the text may have been signed with this key at all. */
    boolean fits(CompactJws jws) {
        boolean named = keyId == null || jws.keyId() == null || keyId.equals(jws.keyId());
        return named && algorithms.admit(jws.algorithm());
    }

    boolean verifies(CompactJws jws) {
        try {
            JWSHeader header = new JWSHeader(JWSAlgorithm.parse(jws.algorithm()));
            return verifier.verify(header, jws.signedBytes(), Base64URL.encode(jws.signature()));
        } catch (JOSEException notByThisKey) {
            return false;
        }
    }
}

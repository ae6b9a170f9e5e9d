package io.inmesh.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Issues JSON Web Tokens, with the JDK's own cryptography so that it shares nothing with what it tests. Immutable. */
public final class TestTokens {

    private final String keyId;
    private final String algorithm;
    private final KeyPair keys;

    private TestTokens(String keyId, String algorithm, KeyPair keys) {
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.keys = keys;
    }

    /** An issuer with a new RSA key of 2048 bits, for RS256. */
    public static TestTokens rsa(String keyId) {
        return generated(keyId, "RS256", "RSA", 2048);
    }

    /** An issuer with a new key on P-256, for ES256. */
    public static TestTokens ec(String keyId) {
        return generated(keyId, "ES256", "EC", 256);
    }

    private static TestTokens generated(String keyId, String algorithm, String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            return new TestTokens(keyId, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as a JWK. */
    public String jwk() {
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            return "{\"kty\":\"RSA\",\"kid\":\"" + keyId + "\",\"alg\":\"" + algorithm + "\",\"n\":\""
                    + encoded(unsigned(rsa.getModulus(), 256)) + "\",\"e\":\"AQAB\"}";
        }
        ECPublicKey ec = (ECPublicKey) keys.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"" + keyId + "\",\"x\":\""
                + encoded(unsigned(ec.getW().getAffineX(), 32)) + "\",\"y\":\""
                + encoded(unsigned(ec.getW().getAffineY(), 32)) + "\"}";
    }

    /** A JWKS with this key alone. */
    public String jwks() {
        return "{\"keys\":[" + jwk() + "]}";
    }

    /** A token with these claims, a JSON object. */
    public String token(String claims) {
        return token("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\",\"typ\":\"JWT\"}", claims);
    }

    /** A token with this header and these claims, whatever they are, and a good signature over them. */
    public String token(String header, String claims) {
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoded(sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] sign(byte[] bytes) {
        try {
            Signature signature =
                    Signature.getInstance(algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Base64url without padding. */
    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] result = new byte[length];
        byte[] digits = bytes.length > length ? Arrays.copyOfRange(bytes, bytes.length - length, bytes.length) : bytes;
        System.arraycopy(digits, 0, result, length - digits.length, digits.length);
        return result;
    }
}

package io.inmesh.control.serve.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Which keys and signatures the authority accepts: P-256, P-384, P-521 by name, RSA of 2048 to 8192 bits; SHA-2. Stateless. */
final class KeyPolicy {

    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 8192;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65537);

    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption);

    private KeyPolicy() {}

    static void checkSignature(AlgorithmIdentifier algorithm) throws RefusedRequestException {
        if (!SIGNATURES.contains(algorithm.getAlgorithm())) {
            throw new RefusedRequestException(
                    "the CSR's signature algorithm " + algorithm.getAlgorithm() + " is not accepted");
        }
    }

    static void check(SubjectPublicKeyInfo key) throws RefusedRequestException, IOException {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            checkCurve(key);
        } else if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            checkRsa(RSAPublicKey.getInstance(key.parsePublicKey()));
        } else {
            throw new RefusedRequestException("the CSR's key is neither EC nor RSA");
        }
    }

    private static void checkCurve(SubjectPublicKeyInfo key) throws RefusedRequestException, IOException {
        // A curve given by its parameters instead of its name may be one whose private key anybody knows
        // (CVE-2020-0601).
        ASN1Encodable curve = key.getAlgorithm().getParameters();
        if (!(curve instanceof ASN1ObjectIdentifier) || !CURVES.contains(curve)) {
            throw new RefusedRequestException("the CSR's curve is none of P-256, P-384 and P-521");
        }
        // Fails unless the point lies on the curve.
        PublicKeyFactory.createKey(key);
    }

    private static void checkRsa(RSAPublicKey key) throws RefusedRequestException {
        int bits = key.getModulus().bitLength();
        if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
            throw new RefusedRequestException(
                    "the CSR's RSA key has " + bits + " bits, not " + SHORTEST_RSA + " to " + LONGEST_RSA);
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.compareTo(LEAST_EXPONENT) < 0 || exponent.bitLength() > 64 || !exponent.testBit(0)) {
            throw new RefusedRequestException("the CSR's RSA exponent is not accepted");
        }
        if (key.getModulus().signum() <= 0 || !key.getModulus().testBit(0)) {
            throw new RefusedRequestException("the CSR's RSA modulus is not accepted");
        }
    }
}

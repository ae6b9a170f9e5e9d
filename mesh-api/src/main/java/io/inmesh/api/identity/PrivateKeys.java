package io.inmesh.api.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Private keys of the two kinds that meshes use, EC and RSA. Stateless. */
public final class PrivateKeys {

    private PrivateKeys() {}

    /**
     * A key from its PKCS#8 encoding, whichever kind it is.
     *
     * @throws InvalidKeySpecException if it is of neither; the message never contains the key
     */
    public static PrivateKey of(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Of the other algorithm, or of none that we know.
            }
        }
        throw new InvalidKeySpecException("the private key is neither EC nor RSA");
    }

    /**
     * Whether a key is the one of a certificate: what the key signs, the certificate verifies. Whoever replaces two files does so one
     * after the other, and in between they are no pair.
     *
     * @throws GeneralSecurityException if the key cannot sign
     */
    public static boolean belongs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        byte[] probe = certificate.getEncoded();
        Signature signature = Signature.getInstance(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }
}

package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.Pem;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A CSR of which nothing but the public key is believed: subject, names, extensions and lifetimes that it asks for are never
 * looked at, because who the caller is was proven otherwise. The key must be strong and the caller must hold its private half.
 *
 * @param key the caller's public key
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">RFC 2986</a>
 */
record SigningRequest(PublicKey key) {

    private static final int LONGEST = 64 * 1024;
    private static final int DEEPEST = 32;

    /** Reads and proves a PEM request. */
    static SigningRequest parse(String pem) throws RefusedRequestException {
        byte[] der = der(pem);
        try {
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
            KeyPolicy.checkSignature(request.getSignatureAlgorithm());
            KeyPolicy.check(request.getSubjectPublicKeyInfo());
            PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new RefusedRequestException("the CSR is not signed by its own key");
            }
            return new SigningRequest(key);
        } catch (IOException
                | PKCSException
                | OperatorCreationException
                | java.security.GeneralSecurityException
                | IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            // Bouncy Castle reads lazily and meets hostile bytes with any of these.
            throw new RefusedRequestException("the CSR cannot be read");
        }
    }

    private static byte[] der(String pem) throws RefusedRequestException {
        if (pem.length() > LONGEST) {
            throw new RefusedRequestException("the CSR has more than " + LONGEST + " characters");
        }
        List<byte[]> found;
        try {
            found = Pem.blocks("CERTIFICATE REQUEST", pem);
            if (found.isEmpty()) {
                found = Pem.blocks("NEW CERTIFICATE REQUEST", pem);
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedRequestException("the CSR's Base64 is broken");
        }
        if (found.size() != 1) {
            throw new RefusedRequestException("one PEM block 'CERTIFICATE REQUEST' is needed, found " + found.size());
        }
        if (!DerShape.isFlat(found.get(0), DEEPEST)) {
            throw new RefusedRequestException("the CSR is no plain DER");
        }
        return found.get(0);
    }
}

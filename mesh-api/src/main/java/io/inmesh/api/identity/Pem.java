package io.inmesh.api.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and private keys as PEM text, the form of Istio's CA protocol and of every file that peers exchange. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** One block with a label such as {@code CERTIFICATE}. */
    public static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** Certificates in the order given. */
    public static String certificates(Collection<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("a certificate without an encoding", e);
            }
        }
        return text.toString();
    }

    /** A private key, PKCS#8. */
    public static String privateKey(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /**
     * The contents of every block with a label, in order; text around the blocks and blocks of other labels are passed over.
     *
     * @throws IllegalArgumentException if a block's Base64 is broken
     */
    public static List<byte[]> blocks(String label, String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                found.add(Base64.getMimeDecoder().decode(matcher.group(2)));
            }
        }
        return found;
    }

    /**
     * Every certificate in a text, in order.
     *
     * @throws CertificateException if there is none, or one that cannot be read
     */
    public static List<X509Certificate> readCertificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] der : blocks("CERTIFICATE", text)) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("a PEM certificate with broken Base64", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no PEM certificate in a text of " + text.length() + " characters");
        }
        return certificates;
    }

    /**
     * The first private key in a text; see {@link #readPrivateKeys}.
     *
     * @throws GeneralSecurityException if there is none, or it cannot be read; the message never contains the text
     */
    public static PrivateKey readPrivateKey(String text) throws GeneralSecurityException {
        return readPrivateKeys(text).get(0);
    }

    /**
     * Every private key in a text, EC or RSA: those in PKCS#8 first, then those in OpenSSL's forms from before it. Encrypted keys are
     * passed over.
     *
     * @throws GeneralSecurityException if there is none, or one cannot be read; the message never contains the text
     */
    public static List<PrivateKey> readPrivateKeys(String text) throws GeneralSecurityException {
        List<PrivateKey> keys = new ArrayList<>();
        try {
            for (byte[] pkcs8 : blocks("PRIVATE KEY", text)) {
                keys.add(PrivateKeys.of(pkcs8));
            }
            for (byte[] rsa : blocks("RSA PRIVATE KEY", text)) {
                keys.add(PrivateKeys.of(TraditionalKey.rsa(rsa)));
            }
            for (byte[] ec : blocks("EC PRIVATE KEY", text)) {
                keys.add(PrivateKeys.of(TraditionalKey.ec(ec)));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("a PEM private key with broken Base64");
        }
        if (keys.isEmpty()) {
            throw new InvalidKeySpecException("no unencrypted private key ('BEGIN PRIVATE KEY')");
        }
        return keys;
    }

    /** The bytes of a PEM text, which is ASCII. */
    public static byte[] bytes(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}

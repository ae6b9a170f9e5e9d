package io.inmesh.control.serve.ca;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the rotation of the root stands.
 *
 * @param step the last one taken
 * @param since when it was taken
 * @param roots those that are trusted, the one that signs first
 */
public record RotationStatus(RotationStep step, Instant since, List<Root> roots) {

    public RotationStatus {
        roots = List.copyOf(roots);
    }

    /**
     * A trusted root.
     *
     * @param fingerprint SHA-256 of the certificate, in hexadecimal
     */
    public record Root(String subject, String fingerprint, Instant notAfter) {

        static Root of(X509Certificate certificate) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                return new Root(
                        certificate.getSubjectX500Principal().getName(),
                        HexFormat.of().formatHex(digest),
                        certificate.getNotAfter().toInstant());
            } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }
}

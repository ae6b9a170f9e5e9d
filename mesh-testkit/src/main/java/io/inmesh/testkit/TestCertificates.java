package io.inmesh.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Builds and signs the certificates of {@link TestPki}. */
final class TestCertificates {

    private TestCertificates() {}

    static X509Certificate authority(
            String subject, PublicKey key, String issuer, KeyPair issuerKeys, Instant from, Instant until) {
        try {
            X509v3CertificateBuilder builder = builder(issuer, subject, key, from, until);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, issuerKeys);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate leaf(String issuer, KeyPair issuerKeys, Leaf leaf) {
        try {
            // A certificate without any name is refused by every parser.
            String subject = leaf.names.isEmpty() ? "CN=nameless" : "";
            X509v3CertificateBuilder builder = builder(issuer, subject, leaf.key, leaf.from, leaf.until);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(leaf.authority));
            int usage = leaf.authority ? KeyUsage.digitalSignature | KeyUsage.keyCertSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (!leaf.purposes.isEmpty()) {
                ExtendedKeyUsage extension = new ExtendedKeyUsage(leaf.purposes.toArray(KeyPurposeId[]::new));
                builder.addExtension(Extension.extendedKeyUsage, false, extension);
            }
            if (!leaf.names.isEmpty()) {
                GeneralNames extension = new GeneralNames(leaf.names.toArray(GeneralName[]::new));
                builder.addExtension(Extension.subjectAlternativeName, true, extension);
            }
            return sign(builder, issuerKeys);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate's subject in the form that the builders of this class take. */
    static String subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .toString();
    }

    private static X509v3CertificateBuilder builder(
            String issuer, String subject, PublicKey key, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                TestPki.nextSerial(),
                Date.from(from),
                Date.from(until),
                new X500Name(subject),
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, KeyPair issuerKeys) {
        String algorithm = issuerKeys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKeys.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands in a leaf. */
    record Leaf(
            PublicKey key,
            Instant from,
            Instant until,
            List<GeneralName> names,
            List<KeyPurposeId> purposes,
            boolean authority) {}
}

package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Issues leaf certificates whose every field is decided here: serial number, life, names and usages. Thread-safe.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">X509-SVID</a>
 */
final class CertificateSigner {

    private static final int SERIAL_BITS = 127;

    private final Supplier<Authority> authority;
    private final MeshClock clock;
    private final SecureRandom random;

    CertificateSigner(Supplier<Authority> authority, MeshClock clock, SecureRandom random) {
        this.authority = authority;
        this.clock = clock;
        this.random = random;
    }

    /** A workload's certificate: its SPIFFE ID as the only name, for both ends of a connection. */
    Issued workload(SpiffeId id, PublicKey key, Duration life) {
        GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, id.uri());
        return leaf(List.of(name), key, life, KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    }

    /** The control service's own certificate: DNS names and addresses, no SPIFFE ID, never good for a client. */
    Issued server(List<GeneralName> names, PublicKey key, Duration life) {
        return leaf(names, key, life, KeyPurposeId.id_kp_serverAuth);
    }

    private Issued leaf(List<GeneralName> names, PublicKey key, Duration life, KeyPurposeId... purposes) {
        Authority by = authority.get();
        Instant now = clock.now();
        Instant until = now.plus(life);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                by.signer().getSubjectX500Principal(),
                serial(random),
                Date.from(now.minus(LeafLifetimes.backdating(life))),
                Date.from(until.isAfter(by.until()) ? by.until() : until),
                new X500Principal(""),
                key);
        int usage = KeyUsage.digitalSignature | (key.getAlgorithm().equals("RSA") ? KeyUsage.keyEncipherment : 0);
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            identifiers.createAuthorityKeyIdentifier(by.signer()))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            true,
                            new GeneralNames(names.toArray(GeneralName[]::new)));
            return new Issued(sign(builder, by.key(), by.signatureAlgorithm()), by);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the JDK cannot sign a certificate", e);
        }
    }

    static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key, String algorithm)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    }

    /** A serial number that nobody can guess: 128 bits, of which all but the first are chance. */
    static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    /**
     * A new certificate.
     *
     * @param by the authority as it was when it signed, so that leaf, chain and trust bundle always belong together
     */
    record Issued(X509Certificate leaf, Authority by) {

        /** The leaf first, without a root. */
        List<X509Certificate> chain() {
            List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
            chain.addAll(by.intermediates());
            return chain;
        }
    }
}

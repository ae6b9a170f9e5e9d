package io.inmesh.control.serve.ca;

import io.inmesh.api.identity.Pem;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** A CSR that a test asks for, right or wrong. */
final class Csr {

    private final List<GeneralName> names = new ArrayList<>();
    private SubjectPublicKeyInfo key;
    private KeyPair signer;
    private String algorithm;
    private String subject = "";
    private boolean authority;

    private Csr(KeyPair keys) {
        key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        signer = keys;
        algorithm = keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    static Csr of(KeyPair keys) {
        return new Csr(keys);
    }

    Csr key(SubjectPublicKeyInfo other) {
        key = other;
        return this;
    }

    Csr signedBy(KeyPair other) {
        signer = other;
        return this;
    }

    Csr algorithm(String other) {
        algorithm = other;
        return this;
    }

    Csr subject(String name) {
        subject = name;
        return this;
    }

    Csr authority() {
        authority = true;
        return this;
    }

    Csr name(int tag, String value) {
        names.add(new GeneralName(tag, value));
        return this;
    }

    String pem() throws Exception {
        PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(new X500Name(subject), key);
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        if (authority) {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (!names.isEmpty()) {
            extensions.addExtension(
                    Extension.subjectAlternativeName, true, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        if (!extensions.isEmpty()) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        return Pem.block(
                "CERTIFICATE REQUEST",
                builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
                        .getEncoded());
    }
}

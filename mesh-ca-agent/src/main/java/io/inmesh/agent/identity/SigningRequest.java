package io.inmesh.agent.identity;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import java.io.IOException;
import java.security.KeyPair;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A new key and the CSR for it. The SPIFFE ID stands in it as Istio's agent puts it there; a CA stamps what the caller has proven.
 *
 * @param keys made for this request and no other
 * @param csr PEM
 */
record SigningRequest(KeyPair keys, String csr) {

    static SigningRequest of(SpiffeId id, KeyAlgorithm algorithm) {
        KeyPair keys = algorithm.newKeys();
        try {
            Extension name = Extension.create(
                    Extension.subjectAlternativeName,
                    true,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, id.uri())));
            byte[] request = new JcaPKCS10CertificationRequestBuilder(new X500Name(""), keys.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new Extensions(name))
                    .build(new JcaContentSignerBuilder(algorithm.signature()).build(keys.getPrivate()))
                    .getEncoded();
            return new SigningRequest(keys, Pem.block("CERTIFICATE REQUEST", request));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("the JDK cannot sign a CSR", e);
        }
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return "SigningRequest[" + keys.getPublic().getAlgorithm() + "]";
    }
}

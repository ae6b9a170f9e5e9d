package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateKeys;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mesh's own roots at one step of a rotation, and the text that they are kept as: keys in their order, certificates in the same
 * order, then those whose key is gone. One text, so that a crash leaves one step or the next. Immutable.
 *
 * @param signing signs now
 * @param prepared is trusted, and signs after the next step
 * @param retired sign no more, but are trusted until the last leaf below them has gone
 */
record RootSet(KeyedRoot signing, Optional<KeyedRoot> prepared, List<X509Certificate> retired) {

    RootSet {
        retired = List.copyOf(retired);
    }

    static RootSet of(KeyedRoot only) {
        return new RootSet(only, Optional.empty(), List.of());
    }

    RotationStep step() {
        if (prepared.isPresent()) {
            return RotationStep.ADDED;
        }
        return retired.isEmpty() ? RotationStep.STEADY : RotationStep.SIGNING_WITH_NEW;
    }

    RootSet add(KeyedRoot next) {
        require(step() == RotationStep.STEADY, "a root can be added only when none is on its way in or out");
        return new RootSet(signing, Optional.of(next), retired);
    }

    RootSet signWithNew() {
        KeyedRoot next =
                prepared.orElseThrow(() -> new MeshConfigurationException("there is no added root to sign with"));
        return new RootSet(next, Optional.empty(), List.of(signing.certificate()));
    }

    RootSet removeOld() {
        require(step() == RotationStep.SIGNING_WITH_NEW, "there is no old root to remove: sign with the new one first");
        return of(signing);
    }

    Authority authority() {
        return new Authority(signing.key(), signing.certificate(), List.of(), Set.copyOf(trusted()));
    }

    /** Every root that peers are to trust, the one that signs first. */
    List<X509Certificate> trusted() {
        List<X509Certificate> roots = new ArrayList<>();
        roots.add(signing.certificate());
        prepared.ifPresent(next -> roots.add(next.certificate()));
        roots.addAll(retired);
        return roots;
    }

    String pem() {
        StringBuilder text = new StringBuilder(signing.pem());
        prepared.ifPresent(next -> text.append(next.pem()));
        return text.append(Pem.certificates(retired)).toString();
    }

    /** Reads {@link #pem}; the pairs are proven, and every certificate is an authority's that signed itself. */
    static RootSet parse(String text) throws GeneralSecurityException {
        List<X509Certificate> certificates = Pem.readCertificates(text);
        List<PrivateKey> keys = Pem.readPrivateKeys(text);
        if (keys.size() > 2 || certificates.size() < keys.size()) {
            throw new GeneralSecurityException(keys.size() + " keys and " + certificates.size() + " certificates");
        }
        List<KeyedRoot> roots = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate certificate = certificates.get(i);
            if (certificate.getBasicConstraints() < 0) {
                throw new GeneralSecurityException("a certificate is not an authority's");
            }
            // A flipped bit anywhere in the certificate shows here.
            certificate.verify(certificate.getPublicKey());
            if (i < keys.size()) {
                if (!PrivateKeys.belongs(keys.get(i), certificate)) {
                    throw new GeneralSecurityException("key and certificate do not belong together");
                }
                roots.add(new KeyedRoot(keys.get(i), certificate));
            }
        }
        return new RootSet(
                roots.get(0),
                roots.size() == 2 ? Optional.of(roots.get(1)) : Optional.empty(),
                certificates.subList(keys.size(), certificates.size()));
    }

    private static void require(boolean possible, String otherwise) {
        if (!possible) {
            throw new MeshConfigurationException(otherwise);
        }
    }
}

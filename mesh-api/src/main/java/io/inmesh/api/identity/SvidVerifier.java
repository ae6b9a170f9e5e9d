package io.inmesh.api.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges an X.509-SVID: whether its chain leads to the trust bundle at a given instant, and which single SPIFFE ID it carries. The
 * path is validated by the JDK's PKIX; revocation is not checked, short lives take its place. Stateless.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">X509-SVID</a>
 */
public final class SvidVerifier {

    private static final int URI = 6;

    private SvidVerifier() {}

    /**
     * The identity that a chain proves.
     *
     * @param chain the leaf first, then intermediates; a root at its end is ignored
     * @param trustBundle the roots to end at
     * @throws CertificateException if the chain does not lead there at that instant, or its leaf is no SVID
     */
    public static SpiffeId verify(List<X509Certificate> chain, Set<X509Certificate> trustBundle, Instant now)
            throws CertificateException {
        if (chain.isEmpty() || trustBundle.isEmpty()) {
            throw new CertificateException("nothing to verify: chain or trust bundle is empty");
        }
        SpiffeId id = idOf(chain.get(0));
        List<X509Certificate> path = new ArrayList<>(chain.subList(1, chain.size()));
        path.removeIf(trustBundle::contains);
        path.add(0, chain.get(0));
        try {
            PKIXParameters parameters = new PKIXParameters(
                    trustBundle.stream().map(r -> new TrustAnchor(r, null)).collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (CertPathValidatorException e) {
            throw new CertificateException(id + " is not trusted: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(id + " cannot be verified", e);
        }
        return id;
    }

    /**
     * The SPIFFE ID in a leaf, whoever signed it.
     *
     * @throws CertificateException if there is not exactly one URI SAN, it is no workload's SPIFFE ID, or the leaf is an authority
     */
    public static SpiffeId idOf(X509Certificate leaf) throws CertificateException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new CertificateException("an authority's certificate is no workload's identity");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new CertificateException("the certificate's key usage lacks digitalSignature");
        }
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        List<String> uris = names == null
                ? List.of()
                : names.stream()
                        .filter(n -> n.get(0).equals(URI))
                        .map(n -> String.valueOf(n.get(1)))
                        .collect(Collectors.toList());
        if (uris.size() != 1) {
            throw new CertificateException("an SVID has exactly one URI SAN, this certificate has " + uris.size());
        }
        try {
            return SpiffeId.parse(uris.get(0));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the certificate's URI SAN is no SPIFFE ID: " + e.getMessage(), e);
        }
    }
}

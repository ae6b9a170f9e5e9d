package io.inmesh.client.authz;

import io.inmesh.api.error.PeerIdentityException;
import io.inmesh.api.identity.SpiffeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The names in a certificate that a peer proved to own, each kept by its type: a DNS name is never taken for a URI nor the reverse
 * (CVE-2022-21656). Immutable.
 *
 * @param uris the URI SANs; Istio's have one, the SPIFFE ID
 * @param dnsNames the DNS SANs
 * @param subject the subject as RFC 2253 prints it
 * @param hash the certificate's SHA-256 in lower-case hex
 */
public record PeerCertificate(List<String> uris, List<String> dnsNames, String subject, String hash) {

    private static final int TYPE_DNS = 2;
    private static final int TYPE_URI = 6;

    public PeerCertificate {
        uris = List.copyOf(uris);
        dnsNames = List.copyOf(dnsNames);
    }

    /**
     * Reads a verified leaf.
     *
     * @throws PeerIdentityException if it has more than one URI SAN, or a name with anything but visible ASCII in it
     */
    public static PeerCertificate of(X509Certificate leaf) throws PeerIdentityException {
        try {
            List<String> uris = names(leaf, TYPE_URI);
            if (uris.size() > 1) {
                throw new PeerIdentityException("The peer's certificate has " + uris.size() + " URI SANs", null);
            }
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
            return new PeerCertificate(
                    uris, names(leaf, TYPE_DNS), leaf.getSubjectX500Principal().getName(), hash);
        } catch (CertificateParsingException | CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new PeerIdentityException("The peer's certificate cannot be read", e);
        }
    }

    /** The SPIFFE ID; empty if the URI SAN is none. */
    public Optional<SpiffeId> id() {
        try {
            return uris.stream().findFirst().map(SpiffeId::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The names that Envoy's {@code authenticated} principal looks at: URIs, without any DNS names, without any the subject. */
    List<String> principalNames() {
        if (!uris.isEmpty()) {
            return uris;
        }
        return dnsNames.isEmpty() ? List.of(subject) : dnsNames;
    }

    private static List<String> names(X509Certificate leaf, int type)
            throws CertificateParsingException, PeerIdentityException {
        Collection<List<?>> all = leaf.getSubjectAlternativeNames();
        List<String> names = new ArrayList<>();
        for (List<?> name : all == null ? List.<List<?>>of() : all) {
            if (Integer.valueOf(type).equals(name.get(0)) && name.get(1) instanceof String text) {
                if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                    throw new PeerIdentityException(
                            "The peer's certificate has a name that is not visible ASCII", null);
                }
                names.add(text);
            }
        }
        return names;
    }
}

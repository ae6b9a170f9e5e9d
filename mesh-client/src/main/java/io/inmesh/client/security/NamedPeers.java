package io.inmesh.client.security;

import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.SanMatch;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Servers outside of the mesh, welcome by any subject alternative name: Envoy's {@code match_typed_subject_alt_names}. With none every
 * certificate of a trusted chain is good, as in Envoy. Immutable.
 *
 * @param names one of which must match
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto">Envoy,
 *     SubjectAltNameMatcher</a>
 */
record NamedPeers(List<SanMatch> names) implements PeerCheck {

    NamedPeers {
        names = List.copyOf(names);
        for (SanMatch name : names) {
            if (name.type() == SanMatch.Type.OTHER_NAME || !known(name.match())) {
                throw new IllegalArgumentException("A condition on peers that Inmesh does not know: " + name);
            }
        }
    }

    @Override
    public void check(X509Certificate[] chain, Role role) throws CertificateException {
        if (names.isEmpty()) {
            return;
        }
        Collection<List<?>> found = alternativeNames(chain[0]);
        for (List<?> san : found) {
            if (names.stream().anyMatch(wanted -> matches(wanted, san))) {
                return;
            }
        }
        throw new CertificateException("The peer is " + found + ", which the policy does not allow: " + names);
    }

    private static boolean known(StringMatch match) {
        return !(match instanceof StringMatch.Regex) && !(match instanceof StringMatch.Unsupported);
    }

    private static Collection<List<?>> alternativeNames(X509Certificate certificate)
            throws CertificateParsingException {
        return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
    }

    /** A name as the JDK gives it: its number in RFC 5280, then its value. */
    private static boolean matches(SanMatch wanted, List<?> san) {
        if (!(san.get(1) instanceof String value)) {
            return false;
        }
        SanMatch.Type type =
                switch ((Integer) san.get(0)) {
                    case 1 -> SanMatch.Type.EMAIL;
                    case 2 -> SanMatch.Type.DNS;
                    case 6 -> SanMatch.Type.URI;
                    case 7 -> SanMatch.Type.IP_ADDRESS;
                    default -> SanMatch.Type.OTHER_NAME;
                };
        if (type == SanMatch.Type.OTHER_NAME || (wanted.type() != SanMatch.Type.ANY && wanted.type() != type)) {
            return false;
        }
        return (type == SanMatch.Type.DNS && wanted.match() instanceof StringMatch.Exact exact)
                ? coversHost(value, exact.value())
                : matches(wanted.match(), value);
    }

    /** A wildcard of a certificate covers one whole label, the first, and never a top-level domain. */
    private static boolean coversHost(String pattern, String host) {
        String covering = pattern.toLowerCase(Locale.ROOT);
        String name = host.toLowerCase(Locale.ROOT);
        if (!covering.startsWith("*.")) {
            return covering.equals(name);
        }
        int firstDot = name.indexOf('.');
        String parent = covering.substring(1);
        return firstDot > 0
                && parent.indexOf('.', 1) > 0
                && name.substring(firstDot).equals(parent);
    }

    private static boolean matches(StringMatch match, String value) {
        if (match instanceof StringMatch.Exact exact) {
            return exact.ignoreCase() ? value.equalsIgnoreCase(exact.value()) : value.equals(exact.value());
        } else if (match instanceof StringMatch.Prefix prefix) {
            return value.regionMatches(
                    prefix.ignoreCase(), 0, prefix.value(), 0, prefix.value().length());
        } else if (match instanceof StringMatch.Suffix suffix) {
            int start = value.length() - suffix.value().length();
            return value.regionMatches(
                    suffix.ignoreCase(),
                    start,
                    suffix.value(),
                    0,
                    suffix.value().length());
        } else if (match instanceof StringMatch.Contains part) {
            return part.ignoreCase()
                    ? value.toLowerCase(Locale.ROOT).contains(part.value().toLowerCase(Locale.ROOT))
                    : value.contains(part.value());
        }
        throw new IllegalStateException("Refused when it was made: " + match);
    }
}

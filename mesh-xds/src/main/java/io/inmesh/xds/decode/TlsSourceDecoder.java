package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.SdsSecretConfig;
import io.inmesh.xds.envoy.TransportSockets.SubjectAltNameMatcher;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Certificates, trusted roots and expected names in TLS contexts. Istio names files of the workload's machine by secrets. */
final class TlsSourceDecoder {

    private static final String FILE_CERTIFICATE = "file-cert:";
    private static final String FILE_ROOT = "file-root:";
    private static final String SYSTEM_ROOTS = "file-root:system";

    private TlsSourceDecoder() {}

    static CertificateSource sdsCertificate(Fields fields) {
        String name = sdsName(fields);
        int between = name.indexOf('~');
        return name.startsWith(FILE_CERTIFICATE) && between > 0
                ? new CertificateSource.Files(
                        name.substring(FILE_CERTIFICATE.length(), between), name.substring(between + 1))
                : new CertificateSource.Sds(name);
    }

    static PeerValidation sdsValidation(Fields fields) {
        return new PeerValidation(trust(sdsName(fields)), List.of());
    }

    private static TrustSource trust(String secret) {
        if (secret.equals(SYSTEM_ROOTS)) {
            return new TrustSource.Machine();
        }
        return secret.startsWith(FILE_ROOT)
                ? new TrustSource.File(secret.substring(FILE_ROOT.length()))
                : new TrustSource.Sds(secret);
    }

    private static String sdsName(Fields fields) {
        // Secrets are the agent's, whatever server Envoy would ask.
        fields.ignore(SdsSecretConfig.SDS_CONFIG);
        return fields.get(SdsSecretConfig.NAME);
    }

    /** A certificate that is not in two files is reported, which makes the context unusable. */
    static Optional<CertificateSource> files(Fields fields) {
        String chain = fields.nested(TlsCertificate.CERTIFICATE_CHAIN, source -> source.get(DataSource.FILENAME));
        String key = fields.nested(TlsCertificate.PRIVATE_KEY, source -> source.get(DataSource.FILENAME));
        if (chain.isEmpty() || key.isEmpty()) {
            fields.unsupported("filename");
            return Optional.empty();
        }
        return Optional.of(new CertificateSource.Files(chain, key));
    }

    static PeerValidation validation(Fields fields) {
        List<SanMatch> names = new ArrayList<>();
        names.addAll(fields.each(
                CertificateValidationContext.MATCH_SUBJECT_ALT_NAMES,
                match -> new SanMatch(SanMatch.Type.ANY, MatcherDecoder.string(match))));
        names.addAll(
                fields.each(CertificateValidationContext.MATCH_TYPED_SUBJECT_ALT_NAMES, TlsSourceDecoder::typedSan));
        TrustSource trust = fields.nestedOrNull(CertificateValidationContext.TRUSTED_CA, TlsSourceDecoder::trust);
        TrustSource system = fields.nestedOrNull(
                CertificateValidationContext.SYSTEM_ROOT_CERTS, nothing -> new TrustSource.Machine());
        return new PeerValidation(trust == null ? system : trust, names);
    }

    private static SanMatch typedSan(Fields fields) {
        SanMatch.Type type =
                switch (fields.get(SubjectAltNameMatcher.SAN_TYPE)) {
                    case SAN_TYPE_UNSPECIFIED -> SanMatch.Type.ANY;
                    case EMAIL -> SanMatch.Type.EMAIL;
                    case DNS -> SanMatch.Type.DNS;
                    case URI -> SanMatch.Type.URI;
                    case IP_ADDRESS -> SanMatch.Type.IP_ADDRESS;
                    case OTHER_NAME -> SanMatch.Type.OTHER_NAME;
                };
        return new SanMatch(type, fields.nested(SubjectAltNameMatcher.MATCHER, MatcherDecoder::string));
    }

    private static @Nullable TrustSource trust(Fields fields) {
        if (fields.has(DataSource.FILENAME)) {
            return new TrustSource.File(fields.get(DataSource.FILENAME));
        } else if (fields.has(DataSource.INLINE_STRING)) {
            return new TrustSource.Inline(fields.get(DataSource.INLINE_STRING));
        } else if (fields.has(DataSource.INLINE_BYTES)) {
            return new TrustSource.Inline(fields.get(DataSource.INLINE_BYTES).utf8());
        }
        fields.unsupported("specifier");
        return null;
    }
}

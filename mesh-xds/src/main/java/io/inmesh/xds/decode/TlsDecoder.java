package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters.Cluster;
import io.inmesh.xds.envoy.Clusters.TransportSocketMatch;
import io.inmesh.xds.envoy.CoreBase.TransportSocket;
import io.inmesh.xds.envoy.TransportSockets.CombinedCertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CommonTlsContext;
import io.inmesh.xds.envoy.TransportSockets.DownstreamTlsContext;
import io.inmesh.xds.envoy.TransportSockets.RawBuffer;
import io.inmesh.xds.envoy.TransportSockets.TlsParameters;
import io.inmesh.xds.envoy.TransportSockets.TlsProtocol;
import io.inmesh.xds.envoy.TransportSockets.UpstreamTlsContext;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.CommonTls.TlsVersion;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.TransportSocket.Raw;
import io.inmesh.xds.model.tls.TransportSocket.Unsupported;
import io.inmesh.xds.model.tls.UpstreamTls;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import io.inmesh.xds.wire.Struct.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code TransportSocket} and the TLS contexts. What is left aside in these makes the context unusable: see {@link CommonTls}. */
final class TlsDecoder {

    private static final String RAW_BUFFER = "envoy.transport_sockets.raw_buffer";

    /** Fields whose neglect weakens nothing: they are about sessions, speed or statistics. Everything else fails closed. */
    private static final Set<String> HARMLESS = Set.of(
            "max_session_keys",
            "allow_renegotiation",
            "enforce_rsa_key_usage",
            "ecdh_curves",
            "session_ticket_keys",
            "session_ticket_keys_sds_secret_config",
            "disable_stateless_session_resumption",
            "disable_stateful_session_resumption",
            "session_timeout",
            "ocsp_staple_policy",
            "full_scan_certs_on_sni_mismatch",
            "prefer_client_ciphers",
            "key_log");

    private TlsDecoder() {}

    static UpstreamTransport transport(Fields cluster) {
        return new UpstreamTransport(
                cluster.each(Cluster.TRANSPORT_SOCKET_MATCHES, TlsDecoder::match),
                cluster.nested(Cluster.TRANSPORT_SOCKET, TlsDecoder::socket));
    }

    private static UpstreamTransport.Match match(Fields fields) {
        Map<String, String> wanted = new LinkedHashMap<>();
        fields.get(TransportSocketMatch.MATCH)
                .get(Struct.FIELDS)
                .forEach((key, value) -> wanted.put(key, comparable(value)));
        return new UpstreamTransport.Match(
                fields.get(TransportSocketMatch.NAME),
                wanted,
                fields.nested(TransportSocketMatch.TRANSPORT_SOCKET, TlsDecoder::socket));
    }

    /** A value that is no text must not match by accident, nor be lost: its JSON stands for it. */
    private static String comparable(Message value) {
        return value.has(Value.STRING_VALUE) ? value.get(Value.STRING_VALUE) : value.toString();
    }

    /** An absent socket is a plaintext one, as in Envoy. */
    static io.inmesh.xds.model.tls.TransportSocket socket(Fields fields) {
        String name = fields.get(TransportSocket.NAME);
        Extension config = fields.extension(TransportSocket.TYPED_CONFIG);
        if (config.holds(UpstreamTlsContext.TYPE)) {
            return config.decode(UpstreamTlsContext.TYPE, TlsDecoder::upstream);
        } else if (config.holds(DownstreamTlsContext.TYPE)) {
            return config.decode(DownstreamTlsContext.TYPE, TlsDecoder::downstream);
        } else if (config.holds(RawBuffer.TYPE)) {
            return config.decode(RawBuffer.TYPE, nothing -> new Raw());
        } else if (config.typeUrl().isEmpty() && (name.isEmpty() || name.equals(RAW_BUFFER))) {
            return new Raw();
        }
        config.unsupported();
        return new Unsupported(name);
    }

    private static UpstreamTls upstream(Fields fields) {
        String sni = fields.get(UpstreamTlsContext.SNI);
        CommonTls common = fields.nested(UpstreamTlsContext.COMMON_TLS_CONTEXT, TlsDecoder::common);
        return new UpstreamTls(sni, refusing(common, fields.leftovers()));
    }

    private static DownstreamTls downstream(Fields fields) {
        boolean required = fields.or(DownstreamTlsContext.REQUIRE_CLIENT_CERTIFICATE, false);
        CommonTls common = fields.nested(DownstreamTlsContext.COMMON_TLS_CONTEXT, TlsDecoder::common);
        return new DownstreamTls(required, refusing(common, fields.leftovers()));
    }

    private static CommonTls common(Fields fields) {
        int before = fields.mark();
        Versions versions = fields.nested(CommonTlsContext.TLS_PARAMS, TlsDecoder::parameters);
        List<CertificateSource> certificates = new ArrayList<>();
        certificates.addAll(
                fields.each(CommonTlsContext.TLS_CERTIFICATE_SDS_SECRET_CONFIGS, TlsSourceDecoder::sdsCertificate));
        certificates.addAll(fields.eachIf(CommonTlsContext.TLS_CERTIFICATES, TlsSourceDecoder::files));
        PeerValidation validation = validation(fields);
        List<String> alpn = fields.get(CommonTlsContext.ALPN_PROTOCOLS);
        fields.leftovers();
        CommonTls known = new CommonTls(
                alpn, certificates, validation, versions.minimum(), versions.maximum(), versions.ciphers(), List.of());
        return refusing(known, fields.reportedSince(before));
    }

    private static @Nullable PeerValidation validation(Fields fields) {
        if (fields.has(CommonTlsContext.COMBINED_VALIDATION_CONTEXT)) {
            return fields.nested(CommonTlsContext.COMBINED_VALIDATION_CONTEXT, combined -> {
                PeerValidation own = combined.nested(
                        CombinedCertificateValidationContext.DEFAULT_VALIDATION_CONTEXT, TlsSourceDecoder::validation);
                PeerValidation sds = combined.nested(
                        CombinedCertificateValidationContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG,
                        TlsSourceDecoder::sdsValidation);
                return new PeerValidation(sds.trust(), own.subjectAltNames());
            });
        } else if (fields.has(CommonTlsContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG)) {
            return fields.nested(
                    CommonTlsContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG, TlsSourceDecoder::sdsValidation);
        }
        return fields.nestedOrNull(CommonTlsContext.VALIDATION_CONTEXT, TlsSourceDecoder::validation);
    }

    private record Versions(
            @Nullable TlsVersion minimum, @Nullable TlsVersion maximum, List<String> ciphers) {}

    private static Versions parameters(Fields fields) {
        return new Versions(
                version(fields.get(TlsParameters.TLS_MINIMUM_PROTOCOL_VERSION)),
                version(fields.get(TlsParameters.TLS_MAXIMUM_PROTOCOL_VERSION)),
                fields.get(TlsParameters.CIPHER_SUITES));
    }

    private static @Nullable TlsVersion version(TlsProtocol protocol) {
        return switch (protocol) {
            case TLS_AUTO -> null;
            case TLSv1_0 -> TlsVersion.TLS_1_0;
            case TLSv1_1 -> TlsVersion.TLS_1_1;
            case TLSv1_2 -> TlsVersion.TLS_1_2;
            case TLSv1_3 -> TlsVersion.TLS_1_3;
        };
    }

    private static CommonTls refusing(CommonTls tls, List<String> leftAside) {
        List<String> unsupported = new ArrayList<>(tls.unsupported());
        for (String path : leftAside) {
            if (!HARMLESS.contains(path.substring(path.lastIndexOf('.') + 1))) {
                unsupported.add(path);
            }
        }
        return new CommonTls(
                tls.alpnProtocols(),
                tls.certificates(),
                tls.validation(),
                tls.minimumVersion(),
                tls.maximumVersion(),
                tls.cipherSuites(),
                unsupported);
    }
}

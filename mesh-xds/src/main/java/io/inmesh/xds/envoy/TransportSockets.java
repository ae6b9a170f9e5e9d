package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.enumeration;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.BOOL_VALUE;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;
import java.util.List;

/** {@code envoy/extensions/transport_sockets}: plaintext and TLS. */
public final class TransportSockets {

    private TransportSockets() {}

    /** {@code envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer}. */
    public static final class RawBuffer {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer");
        public static final MessageType TYPE = D.type();

        private RawBuffer() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext}. */
    public static final class UpstreamTlsContext {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext");
        public static final Field<Message> COMMON_TLS_CONTEXT =
                D.field(1, "common_tls_context", message(() -> CommonTlsContext.TYPE));
        public static final Field<String> SNI = D.field(2, "sni", STRING);
        public static final MessageType TYPE = D.others(
                        "allow_renegotiation=3 max_session_keys=4 enforce_rsa_key_usage=5 auto_host_sni=6")
                .others("auto_sni_san_validation=7")
                .type();

        private UpstreamTlsContext() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext}. */
    public static final class DownstreamTlsContext {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext");
        public static final Field<Message> COMMON_TLS_CONTEXT =
                D.field(1, "common_tls_context", message(() -> CommonTlsContext.TYPE));
        public static final Field<Boolean> REQUIRE_CLIENT_CERTIFICATE =
                D.field(2, "require_client_certificate", BOOL_VALUE);
        public static final MessageType TYPE = D.others(
                        "require_sni=3 session_ticket_keys=4 session_ticket_keys_sds_secret_config=5")
                .others("session_timeout=6 disable_stateless_session_resumption=7 ocsp_staple_policy=8")
                .others("full_scan_certs_on_sni_mismatch=9 disable_stateful_session_resumption=10")
                .others("prefer_client_ciphers=11")
                .type();

        private DownstreamTlsContext() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.CommonTlsContext}. */
    public static final class CommonTlsContext {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.CommonTlsContext");
        public static final Field<Message> TLS_PARAMS = D.field(1, "tls_params", message(() -> TlsParameters.TYPE));
        public static final Field<List<Message>> TLS_CERTIFICATES =
                D.repeated(2, "tls_certificates", message(() -> TlsCertificate.TYPE));
        public static final Field<Message> VALIDATION_CONTEXT = D.oneof(
                "validation_context_type", 3, "validation_context", message(() -> CertificateValidationContext.TYPE));
        public static final Field<List<String>> ALPN_PROTOCOLS = D.repeated(4, "alpn_protocols", STRING);
        public static final Field<List<Message>> TLS_CERTIFICATE_SDS_SECRET_CONFIGS =
                D.repeated(6, "tls_certificate_sds_secret_configs", message(() -> SdsSecretConfig.TYPE));
        public static final Field<Message> VALIDATION_CONTEXT_SDS_SECRET_CONFIG = D.oneof(
                "validation_context_type",
                7,
                "validation_context_sds_secret_config",
                message(() -> SdsSecretConfig.TYPE));
        public static final Field<Message> COMBINED_VALIDATION_CONTEXT = D.oneof(
                "validation_context_type",
                8,
                "combined_validation_context",
                message(() -> CombinedCertificateValidationContext.TYPE));
        public static final MessageType TYPE = D.others(
                        "tls_certificate_certificate_provider=9 validation_context_certificate_provider=10")
                .others("tls_certificate_certificate_provider_instance=11")
                .others("validation_context_certificate_provider_instance=12 custom_handshaker=13")
                .others("tls_certificate_provider_instance=14 key_log=15 custom_tls_certificate_selector=16")
                .type();

        private CommonTlsContext() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext}. */
    public static final class CombinedCertificateValidationContext {
        private static final Declaration D = Declaration.of(
                "envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext");
        public static final Field<Message> DEFAULT_VALIDATION_CONTEXT =
                D.field(1, "default_validation_context", message(() -> CertificateValidationContext.TYPE));
        public static final Field<Message> VALIDATION_CONTEXT_SDS_SECRET_CONFIG =
                D.field(2, "validation_context_sds_secret_config", message(() -> SdsSecretConfig.TYPE));
        public static final MessageType TYPE = D.others("validation_context_certificate_provider=3")
                .others("validation_context_certificate_provider_instance=4")
                .type();

        private CombinedCertificateValidationContext() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext}. */
    public static final class CertificateValidationContext {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext");
        public static final Field<Message> TRUSTED_CA =
                D.field(1, "trusted_ca", message(() -> CoreBase.DataSource.TYPE));
        public static final Field<List<Message>> MATCH_SUBJECT_ALT_NAMES =
                D.repeated(9, "match_subject_alt_names", message(() -> Matchers.StringMatcher.TYPE));
        public static final Field<List<Message>> MATCH_TYPED_SUBJECT_ALT_NAMES =
                D.repeated(15, "match_typed_subject_alt_names", message(() -> SubjectAltNameMatcher.TYPE));
        public static final Field<Message> SYSTEM_ROOT_CERTS =
                D.field(17, "system_root_certs", message(() -> SystemRootCerts.TYPE));
        public static final MessageType TYPE = D.others("verify_certificate_hash=2 verify_certificate_spki=3")
                .others("require_signed_certificate_timestamp=6 crl=7 allow_expired_certificate=8")
                .others("trust_chain_verification=10 watched_directory=11 custom_validator_config=12")
                .others("ca_certificate_provider_instance=13 only_verify_leaf_cert_crl=14 max_verify_depth=16")
                .type();

        private CertificateValidationContext() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.SystemRootCerts}. */
    public static final class SystemRootCerts {
        private static final Declaration D = Declaration.of(
                "envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.SystemRootCerts");
        public static final MessageType TYPE = D.type();

        private SystemRootCerts() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher}. */
    public static final class SubjectAltNameMatcher {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher");
        public static final Field<SanType> SAN_TYPE = D.field(1, "san_type", enumeration(SanType.class));
        public static final Field<Message> MATCHER = D.field(2, "matcher", message(() -> Matchers.StringMatcher.TYPE));
        public static final MessageType TYPE = D.others("oid=3").type();

        private SubjectAltNameMatcher() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.TlsParameters}. */
    public static final class TlsParameters {
        private static final Declaration D = Declaration.of("envoy.extensions.transport_sockets.tls.v3.TlsParameters");
        public static final Field<TlsProtocol> TLS_MINIMUM_PROTOCOL_VERSION =
                D.field(1, "tls_minimum_protocol_version", enumeration(TlsProtocol.class));
        public static final Field<TlsProtocol> TLS_MAXIMUM_PROTOCOL_VERSION =
                D.field(2, "tls_maximum_protocol_version", enumeration(TlsProtocol.class));
        public static final Field<List<String>> CIPHER_SUITES = D.repeated(3, "cipher_suites", STRING);
        public static final MessageType TYPE = D.others("ecdh_curves=4 signature_algorithms=5 compliance_policies=6")
                .type();

        private TlsParameters() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.TlsCertificate}. */
    public static final class TlsCertificate {
        private static final Declaration D = Declaration.of("envoy.extensions.transport_sockets.tls.v3.TlsCertificate");
        public static final Field<Message> CERTIFICATE_CHAIN =
                D.field(1, "certificate_chain", message(() -> CoreBase.DataSource.TYPE));
        public static final Field<Message> PRIVATE_KEY =
                D.field(2, "private_key", message(() -> CoreBase.DataSource.TYPE));
        public static final MessageType TYPE = D.others(
                        "password=3 ocsp_staple=4 signed_certificate_timestamp=5 private_key_provider=6")
                .others("watched_directory=7 pkcs12=8")
                .type();

        private TlsCertificate() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig}. */
    public static final class SdsSecretConfig {
        private static final Declaration D =
                Declaration.of("envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> SDS_CONFIG =
                D.field(2, "sds_config", message(() -> CoreConfigSource.ConfigSource.TYPE));
        public static final MessageType TYPE = D.type();

        private SdsSecretConfig() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.Secret}. */
    public static final class Secret {
        private static final Declaration D = Declaration.of("envoy.extensions.transport_sockets.tls.v3.Secret");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TLS_CERTIFICATE =
                D.oneof("type", 2, "tls_certificate", message(() -> TlsCertificate.TYPE));
        public static final Field<Message> VALIDATION_CONTEXT =
                D.oneof("type", 4, "validation_context", message(() -> CertificateValidationContext.TYPE));
        public static final MessageType TYPE =
                D.others("session_ticket_keys=3 generic_secret=5").type();

        private Secret() {}
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType}. */
    public enum SanType implements WireEnum {
        SAN_TYPE_UNSPECIFIED(0),
        EMAIL(1),
        DNS(2),
        URI(3),
        IP_ADDRESS(4),
        OTHER_NAME(5);

        private final int number;

        SanType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }

    /** {@code envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol}. */
    public enum TlsProtocol implements WireEnum {
        TLS_AUTO(0),
        TLSv1_0(1),
        TLSv1_1(2),
        TLSv1_2(3),
        TLSv1_3(4);

        private final int number;

        TlsProtocol(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

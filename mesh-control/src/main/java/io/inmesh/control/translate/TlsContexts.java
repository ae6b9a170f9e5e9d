package io.inmesh.control.translate;

import io.inmesh.control.config.ClientTls;
import io.inmesh.control.config.MeshConfig.TlsVersion;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.CoreConfigSource.ApiConfigSource;
import io.inmesh.xds.envoy.CoreConfigSource.ApiType;
import io.inmesh.xds.envoy.CoreConfigSource.ApiVersion;
import io.inmesh.xds.envoy.CoreConfigSource.ConfigSource;
import io.inmesh.xds.envoy.CoreConfigSource.EnvoyGrpc;
import io.inmesh.xds.envoy.CoreConfigSource.GrpcService;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CombinedCertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.CommonTlsContext;
import io.inmesh.xds.envoy.TransportSockets.DownstreamTlsContext;
import io.inmesh.xds.envoy.TransportSockets.RawBuffer;
import io.inmesh.xds.envoy.TransportSockets.SanType;
import io.inmesh.xds.envoy.TransportSockets.SdsSecretConfig;
import io.inmesh.xds.envoy.TransportSockets.SubjectAltNameMatcher;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.envoy.TransportSockets.TlsParameters;
import io.inmesh.xds.envoy.TransportSockets.TlsProtocol;
import io.inmesh.xds.envoy.TransportSockets.UpstreamTlsContext;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** TLS on both sides of a call: keys and roots come from the workload's own agent, whose names istiod's peers know. */
final class TlsContexts {

    private static final String TLS = "envoy.transport_sockets.tls";
    private static final String SYSTEM_ROOTS = "file-root:system";
    private static final List<String> CIPHERS = List.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-GCM-SHA256");
    private static final Message AGENT = Message.of(ConfigSource.TYPE)
            .with(
                    ConfigSource.API_CONFIG_SOURCE,
                    Message.of(ApiConfigSource.TYPE)
                            .with(ApiConfigSource.API_TYPE, ApiType.GRPC)
                            .with(ApiConfigSource.SET_NODE_ON_FIRST_MESSAGE_ONLY, true)
                            .with(ApiConfigSource.TRANSPORT_API_VERSION, ApiVersion.V3)
                            .with(
                                    ApiConfigSource.GRPC_SERVICES,
                                    List.of(Message.of(GrpcService.TYPE)
                                            .with(
                                                    GrpcService.ENVOY_GRPC,
                                                    Message.of(EnvoyGrpc.TYPE)
                                                            .with(EnvoyGrpc.CLUSTER_NAME, "sds-grpc")))))
            .with(ConfigSource.INITIAL_FETCH_TIMEOUT, Duration.ZERO)
            .with(ConfigSource.RESOURCE_API_VERSION, ApiVersion.V3);

    static final Message PLAINTEXT =
            Messages.transportSocket("envoy.transport_sockets.raw_buffer", Message.of(RawBuffer.TYPE));

    private TlsContexts() {}

    /** A caller's mutual TLS with exactly these identities. */
    static Message mutual(String serverName, List<String> subjectAltNames, List<String> alpn) {
        Message common = meshIdentity(
                        versions(),
                        subjectAltNames.stream().map(StringMatches::exact).toList())
                .with(CommonTlsContext.ALPN_PROTOCOLS, alpn);
        return Messages.transportSocket(
                TLS,
                Message.of(UpstreamTlsContext.TYPE)
                        .with(UpstreamTlsContext.COMMON_TLS_CONTEXT, common)
                        .with(UpstreamTlsContext.SNI, serverName));
    }

    /** A server's mutual TLS with any identity of the trust domains. */
    static Message server(MeshSettings mesh, List<String> alpn) {
        TlsProtocol least =
                mesh.listeners().minimumTls() == TlsVersion.TLSV1_3 ? TlsProtocol.TLSv1_3 : TlsProtocol.TLSv1_2;
        Message versions = versions()
                .with(TlsParameters.TLS_MINIMUM_PROTOCOL_VERSION, least)
                .with(TlsParameters.CIPHER_SUITES, CIPHERS);
        Message common = meshIdentity(
                        versions,
                        mesh.trustDomains().stream()
                                .map(domain -> StringMatches.prefix("spiffe://" + domain + "/"))
                                .toList())
                .with(CommonTlsContext.ALPN_PROTOCOLS, alpn);
        return Messages.transportSocket(
                TLS,
                Message.of(DownstreamTlsContext.TYPE)
                        .with(DownstreamTlsContext.COMMON_TLS_CONTEXT, common)
                        .with(DownstreamTlsContext.REQUIRE_CLIENT_CERTIFICATE, true));
    }

    /**
     * TLS that a gateway ends with a certificate of its own.
     *
     * @param authorities the name of those whose certificates callers may show
     * @param required whether callers must show one
     */
    static Message terminated(String certificate, Optional<String> authorities, boolean required) {
        Message common = Message.of(CommonTlsContext.TYPE)
                .with(CommonTlsContext.TLS_PARAMS, versions().with(TlsParameters.CIPHER_SUITES, CIPHERS))
                .with(CommonTlsContext.ALPN_PROTOCOLS, List.of("h2", "http/1.1"))
                .with(CommonTlsContext.TLS_CERTIFICATE_SDS_SECRET_CONFIGS, List.of(onThisStream(certificate)));
        if (authorities.isPresent()) {
            common =
                    common.with(CommonTlsContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG, onThisStream(authorities.get()));
        }
        return Messages.transportSocket(
                TLS,
                Message.of(DownstreamTlsContext.TYPE)
                        .with(DownstreamTlsContext.COMMON_TLS_CONTEXT, common)
                        .with(DownstreamTlsContext.REQUIRE_CLIENT_CERTIFICATE, required));
    }

    private static Message onThisStream(String name) {
        return Message.of(SdsSecretConfig.TYPE)
                .with(SdsSecretConfig.NAME, name)
                .with(SdsSecretConfig.SDS_CONFIG, Messages.ADS);
    }

    /** TLS that a DestinationRule asks for with files, towards a server outside of the mesh. */
    static Message originated(ClientTls tls, String host, boolean http2) {
        String name = tls.sni().orElse(host);
        Message common = Message.of(CommonTlsContext.TYPE)
                .with(CommonTlsContext.TLS_PARAMS, versions())
                .with(CommonTlsContext.ALPN_PROTOCOLS, List.of(http2 ? "h2" : "http/1.1"));
        if (!tls.insecureSkipVerify()) {
            common = trusting(common, tls, name);
        }
        if (tls.mode() == ClientTls.Mode.MUTUAL) {
            common = common.with(
                    CommonTlsContext.TLS_CERTIFICATES,
                    List.of(Message.of(TlsCertificate.TYPE)
                            .with(
                                    TlsCertificate.CERTIFICATE_CHAIN,
                                    file(tls.clientCertificate().orElse("")))
                            .with(
                                    TlsCertificate.PRIVATE_KEY,
                                    file(tls.privateKey().orElse("")))));
        }
        return Messages.transportSocket(
                TLS,
                Message.of(UpstreamTlsContext.TYPE)
                        .with(UpstreamTlsContext.COMMON_TLS_CONTEXT, common)
                        .with(UpstreamTlsContext.SNI, name));
    }

    /**
     * Without written names the server must prove the name that is called: Envoy alone would take any certificate. Without a written
     * file the agent gives the machine's own roots.
     */
    private static Message trusting(Message common, ClientTls tls, String name) {
        List<String> names = tls.subjectAltNames().isEmpty() ? List.of(name) : tls.subjectAltNames();
        Message validation = Message.of(CertificateValidationContext.TYPE)
                .with(
                        CertificateValidationContext.MATCH_TYPED_SUBJECT_ALT_NAMES,
                        names.stream().map(TlsContexts::typed).toList());
        return tls.caCertificates()
                .map(path -> common.with(
                        CommonTlsContext.VALIDATION_CONTEXT,
                        validation.with(CertificateValidationContext.TRUSTED_CA, file(path))))
                .orElseGet(() ->
                        common.with(CommonTlsContext.COMBINED_VALIDATION_CONTEXT, combined(validation, SYSTEM_ROOTS)));
    }

    private static Message typed(String name) {
        return Message.of(SubjectAltNameMatcher.TYPE)
                .with(SubjectAltNameMatcher.SAN_TYPE, name.contains("://") ? SanType.URI : SanType.DNS)
                .with(SubjectAltNameMatcher.MATCHER, StringMatches.exact(name));
    }

    private static Message file(String path) {
        return Message.of(DataSource.TYPE).with(DataSource.FILENAME, path);
    }

    private static Message versions() {
        return Message.of(TlsParameters.TYPE)
                .with(TlsParameters.TLS_MINIMUM_PROTOCOL_VERSION, TlsProtocol.TLSv1_2)
                .with(TlsParameters.TLS_MAXIMUM_PROTOCOL_VERSION, TlsProtocol.TLSv1_3);
    }

    private static Message meshIdentity(Message parameters, List<Message> names) {
        Message validation = combined(
                Message.of(CertificateValidationContext.TYPE)
                        .with(CertificateValidationContext.MATCH_SUBJECT_ALT_NAMES, names),
                "ROOTCA");
        return Message.of(CommonTlsContext.TYPE)
                .with(CommonTlsContext.TLS_PARAMS, parameters)
                .with(CommonTlsContext.TLS_CERTIFICATE_SDS_SECRET_CONFIGS, List.of(secret("default")))
                .with(CommonTlsContext.COMBINED_VALIDATION_CONTEXT, validation);
    }

    private static Message combined(Message validation, String roots) {
        return Message.of(CombinedCertificateValidationContext.TYPE)
                .with(CombinedCertificateValidationContext.DEFAULT_VALIDATION_CONTEXT, validation)
                .with(CombinedCertificateValidationContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG, secret(roots));
    }

    private static Message secret(String name) {
        return Message.of(SdsSecretConfig.TYPE)
                .with(SdsSecretConfig.NAME, name)
                .with(SdsSecretConfig.SDS_CONFIG, AGENT);
    }
}

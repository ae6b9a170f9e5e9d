package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsGenerationTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity CALLER = PKI.identity("default", "productpage");
    private static final WorkloadIdentity REVIEWS = PKI.identity("default", "reviews");
    private static final ClientTlsSettings SETTINGS =
            ClientTlsSettings.of(MeshTls.upstream(REVIEWS.id().uri()));

    private final IdentityHolder identities = new IdentityHolder();
    private final ClientTlsFactory factory = new ClientTlsFactory(identities, new TlsFiles());

    @Test
    void thereIsNoneWithoutAnIdentity() {
        assertThatThrownBy(() -> factory.current(SETTINGS))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageContaining("no identity yet");
    }

    @Test
    void staysTheSameUntilTheIdentityChanges() throws Exception {
        identities.publish(CALLER);
        ClientTls first = factory.current(SETTINGS);

        identities.publish(CALLER);
        assertThat(factory.current(SETTINGS)).isSameAs(first);

        identities.publish(PKI.identity("default", "productpage"));
        assertThat(factory.current(SETTINGS)).isNotSameAs(first);
        assertThat(first.isCurrent()).isFalse();
        assertThat(factory.current(SETTINGS).isCurrent()).isTrue();
    }

    @Test
    void aRemovedRootIsNotTrustedAgainThroughAResumedSession() throws Exception {
        TestPki newRoot = TestPki.create();
        identities.publish(CALLER);
        try (TlsServer server = MeshTls.server(REVIEWS)) {
            Certificate first = peer(factory.current(SETTINGS), server);
            assertThat(peer(factory.current(SETTINGS), server))
                    .as("sessions are resumed as long as nothing changes, or this test shows nothing")
                    .isSameAs(first);

            identities.publish(new WorkloadIdentity(CALLER.id(), CALLER.key(), CALLER.chain(), Set.of(newRoot.root())));

            assertThatThrownBy(() -> peer(factory.current(SETTINGS), server)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aServerShowsAndTrustsNothingButTheMeshsOwn() {
        CommonTls good = MeshTls.common(List.of(), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTlsSettings.of(new DownstreamTls(true, with(good, List.of(), List.of()))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTlsSettings.of(new DownstreamTls(
                        true, with(good, List.of(), List.of(new CertificateSource.Files("chain.pem", "key.pem"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void refusesSettingsThatItCannotHonour(String why, CommonTls tls) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClientTlsSettings.of(new UpstreamTls("", tls)));
        assertThatIllegalArgumentException().isThrownBy(() -> ServerTlsSettings.of(new DownstreamTls(true, tls)));
    }

    static Stream<Arguments> unusable() {
        CommonTls good = MeshTls.common(List.of(), List.of());
        return Stream.of(
                Arguments.of("a setting that is not known", with(good, List.of("crl"), good.certificates())),
                Arguments.of(
                        "another certificate",
                        with(good, List.of(), List.of(new CertificateSource.Sds("kubernetes://other")))),
                Arguments.of(
                        "two certificates",
                        with(
                                good,
                                List.of(),
                                List.of(
                                        new CertificateSource.Sds("default"),
                                        new CertificateSource.Files("chain.pem", "key.pem")))),
                Arguments.of(
                        "a condition on names that is not known",
                        MeshTls.common(List.of(), List.of(new StringMatch.Suffix("/sa/x", false)))),
                Arguments.of(
                        "no trust",
                        new CommonTls(List.of(), good.certificates(), null, null, null, List.of(), List.of())));
    }

    @Test
    void refusesToServeCallersWithoutACertificate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTlsSettings.of(
                        new DownstreamTls(false, MeshTls.downstream().common())));
    }

    private static CommonTls with(CommonTls tls, List<String> unsupported, List<CertificateSource> certificates) {
        return new CommonTls(
                tls.alpnProtocols(),
                certificates,
                tls.validation(),
                tls.minimumVersion(),
                tls.maximumVersion(),
                tls.cipherSuites(),
                unsupported);
    }

    /** The peer's certificate; a resumed session has the very object of the one before. */
    private static Certificate peer(ClientTls tls, TlsServer server) throws IOException {
        try (Socket socket = new Socket(server.address().getAddress(), server.port());
                SSLSocket secure = tls.over(socket, false)) {
            secure.setSoTimeout(10_000);
            secure.startHandshake();
            // A TLS 1.3 ticket comes after the handshake and is read with the first answer.
            secure.getInputStream().readAllBytes();
            return secure.getSession().getPeerCertificates()[0];
        }
    }
}

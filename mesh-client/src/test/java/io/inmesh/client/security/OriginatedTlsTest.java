package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestLeaf;
import io.inmesh.testkit.TestPki;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** DestinationRule's SIMPLE and MUTUAL: TLS to servers that are no workloads of the mesh, without an identity of our own. */
class OriginatedTlsTest {

    private static final TestPki PKI = TestPki.create();
    private static final SpiffeId ANY_ID = SpiffeId.of(PKI.trustDomain(), "outside", "api");
    private static final WorkloadIdentity API = named(leaf -> leaf.andDns("api.example.com"));

    @TempDir
    Path folder;

    private final TlsFiles files = new TlsFiles();
    private final ClientTlsFactory factory = new ClientTlsFactory(new IdentityHolder(), files);
    private Path root;

    @BeforeEach
    void writeRoot() {
        root = PemFiles.write(API, folder.resolve("server")).root();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aServerMustProveAName(String why, UnaryOperator<TestLeaf> server, SanMatch wanted, boolean good)
            throws Exception {
        try (TlsServer listening = server(named(server), false)) {
            if (good) {
                assertThat(call(simple(wanted), listening)).startsWith("peer=nobody");
            } else {
                assertThatThrownBy(() -> call(simple(wanted), listening)).isInstanceOf(SSLException.class);
            }
        }
    }

    static Stream<Arguments> names() {
        return Stream.of(
                name("the very name", leaf -> leaf.andDns("api.example.com"), dns("api.example.com"), true),
                name("in capitals", leaf -> leaf.andDns("API.example.com"), dns("api.Example.com"), true),
                name("another name", leaf -> leaf.andDns("other.example.com"), dns("api.example.com"), false),
                name("a wildcard", leaf -> leaf.andDns("*.example.com"), dns("api.example.com"), true),
                name("a wildcard is one label", leaf -> leaf.andDns("*.example.com"), dns("a.api.example.com"), false),
                name("a wildcard is not nothing", leaf -> leaf.andDns("*.example.com"), dns("example.com"), false),
                name("no wildcard of a whole domain", leaf -> leaf.andDns("*.com"), dns("example.com"), false),
                name("a DNS name is no URI", leaf -> leaf.andDns("api.example.com"), uri("api.example.com"), false),
                name("a URI", leaf -> leaf.andUri("spiffe://other/api"), uri("spiffe://other/api"), true),
                name("an address", leaf -> leaf.andIp("10.1.2.3"), ip("10.1.2.3"), true),
                name("another address", leaf -> leaf.andIp("10.1.2.3"), ip("10.1.2.4"), false),
                name("any kind of name", leaf -> leaf.andEmail("a@example.com"), any("a@example.com"), true),
                name("no name", leaf -> leaf, dns("api.example.com"), false),
                name("expired", leaf -> leaf.andDns("api.example.com").expired(), dns("api.example.com"), false));
    }

    @Test
    void withoutNamesEveryServerOfTheRootsIsGood() throws Exception {
        try (TlsServer ours = server(API, false);
                TlsServer stranger = server(TestPki.create().identity("outside", "api"), false)) {
            assertThat(call(simple(), ours)).startsWith("peer=nobody");
            assertThatThrownBy(() -> call(simple(), stranger)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void theMachinesOwnRootsDoNotVouchForOurs() throws Exception {
        try (TlsServer server = server(API, false)) {
            PeerValidation system = new PeerValidation(new TrustSource.Machine(), List.of());
            assertThatThrownBy(() -> call(settings(List.of(), system), server)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void inlineRootsAreReadOnceAndRefusedIfTheyAreNone() throws Exception {
        try (TlsServer server = server(API, false)) {
            TrustSource inline = new TrustSource.Inline(Pem.certificates(API.trustBundle()));
            assertThat(call(settings(List.of(), new PeerValidation(inline, List.of())), server))
                    .startsWith("peer=nobody");
        }
        PeerValidation none = new PeerValidation(new TrustSource.Inline("nothing"), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> settings(List.of(), none));
    }

    @Test
    void withoutValidationAnyServerIsGoodButNoNamesMayBeAskedFor() throws Exception {
        try (TlsServer stranger = server(TestPki.create().identity("outside", "api"), false)) {
            assertThat(call(settings(List.of(), null), stranger)).startsWith("peer=nobody");
        }
        PeerValidation namesOnly = new PeerValidation(null, List.of(dns("api.example.com")));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(List.of(), namesOnly));
    }

    @Test
    void mutualShowsTheCertificateOfItsFiles() throws Exception {
        WorkloadIdentity mine = PKI.identity("default", "productpage");
        try (TlsServer server = server(API, true)) {
            assertThat(call(mutual(PemFiles.write(mine, folder.resolve("client"))), server))
                    .startsWith("peer=" + mine.id());
            assertThatThrownBy(() -> answer(simple(), server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesAreReadAgainWhenTheyChangeAndOnlyThen() throws Exception {
        Path client = folder.resolve("client");
        ClientTlsSettings settings = mutual(PemFiles.write(PKI.identity("default", "one"), client));
        ClientTls first = factory.current(settings);
        files.refresh();
        assertThat(factory.current(settings)).isSameAs(first);

        WorkloadIdentity two = PKI.identity("default", "two");
        PemFiles.write(two, client);
        assertThat(factory.current(settings))
                .as("nobody waits for a disk on a call")
                .isSameAs(first);
        files.refresh();

        assertThat(factory.current(settings)).isNotSameAs(first);
        assertThat(first.isCurrent()).isFalse();
        try (TlsServer server = server(API, true)) {
            assertThat(call(settings, server)).startsWith("peer=" + two.id());
        }
    }

    @Test
    void tornMismatchedOrMissingFilesLeaveTheLastGoodOnes() throws Exception {
        Path client = folder.resolve("client");
        PemFiles good = PemFiles.write(PKI.identity("default", "one"), client);
        ClientTlsSettings settings = mutual(good);
        ClientTls first = factory.current(settings);

        Files.writeString(
                good.key(), Pem.privateKey(PKI.identity("default", "two").key()));
        files.refresh();
        assertThat(factory.current(settings))
                .as("the key of another certificate")
                .isSameAs(first);
        Files.writeString(good.chain(), "-----BEGIN CERTIFICATE-----\nAAAA");
        files.refresh();
        assertThat(factory.current(settings)).as("half a file").isSameAs(first);
        Files.delete(good.chain());
        files.refresh();
        assertThat(factory.current(settings)).as("no file").isSameAs(first);

        PemFiles.write(PKI.identity("default", "two"), client);
        files.refresh();
        assertThat(factory.current(settings)).isNotSameAs(first);
    }

    @Test
    void filesThatWereNeverGoodAreNamedAndHealByThemselves() throws Exception {
        PemFiles missing = new PemFiles(folder.resolve("chain"), folder.resolve("key"), root);
        ClientTlsSettings settings = mutual(missing);
        assertThatThrownBy(() -> factory.current(settings))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageContaining(missing.chain().toString());

        WorkloadIdentity late = PKI.identity("default", "late");
        Files.writeString(missing.chain(), Pem.certificates(late.chain()));
        Files.writeString(missing.key(), Pem.privateKey(late.key()));
        files.refresh();

        assertThatCode(() -> factory.current(settings)).doesNotThrowAnyException();
    }

    @Test
    void thePeerOfAnySessionIsLookedAtOnceMore() throws Exception {
        try (TlsServer server = server(API, false);
                Socket socket = new Socket(server.address().getAddress(), server.port());
                SSLSocket secure = factory.current(simple()).over(socket, false)) {
            secure.startHandshake();
            factory.current(simple(dns("api.example.com"))).requirePeer(secure.getSession());
            assertThatThrownBy(() ->
                            factory.current(simple(dns("other.example.com"))).requirePeer(secure.getSession()))
                    .isInstanceOf(SSLPeerUnverifiedException.class)
                    .hasMessageContaining("api.example.com");
        }
    }

    private ClientTlsSettings simple(SanMatch... names) {
        return settings(List.of(), new PeerValidation(new TrustSource.File(root.toString()), List.of(names)));
    }

    private ClientTlsSettings mutual(PemFiles own) {
        return settings(
                List.of(new CertificateSource.Files(
                        own.chain().toString(), own.key().toString())),
                new PeerValidation(new TrustSource.File(root.toString()), List.of()));
    }

    private static ClientTlsSettings settings(
            List<CertificateSource> own, @org.jspecify.annotations.Nullable PeerValidation validation) {
        return ClientTlsSettings.of(new UpstreamTls(
                "api.example.com", new CommonTls(List.of(), own, validation, null, null, List.of(), List.of())));
    }

    private String call(ClientTlsSettings settings, TlsServer server) throws Exception {
        try (Socket socket = new Socket(server.address().getAddress(), server.port());
                SSLSocket secure = factory.current(settings).over(socket, false)) {
            secure.setSoTimeout(10_000);
            secure.startHandshake();
            return new String(secure.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    /** In TLS 1.3 a client learns only after its handshake that it has not been let in. */
    private String answer(ClientTlsSettings settings, TlsServer server) throws Exception {
        String answer = call(settings, server);
        if (answer.isEmpty()) {
            throw new IOException("closed without an answer");
        }
        return answer;
    }

    private static TlsServer server(WorkloadIdentity identity, boolean askingForCertificate) throws IOException {
        TlsContexts contexts = new TlsContexts(TlsMaterial.of(identity));
        return new TlsServer(() -> {
            SSLEngine engine = contexts.context(PeerPolicy.anyone()).createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(askingForCertificate);
            return engine;
        });
    }

    private static WorkloadIdentity named(UnaryOperator<TestLeaf> names) {
        return names.apply(PKI.leaf(ANY_ID).withoutNames()).issue();
    }

    private static Arguments name(String why, UnaryOperator<TestLeaf> server, SanMatch wanted, boolean good) {
        return Arguments.argumentSet(why, why, server, wanted, good);
    }

    private static SanMatch dns(String name) {
        return new SanMatch(SanMatch.Type.DNS, new StringMatch.Exact(name, false));
    }

    private static SanMatch uri(String name) {
        return new SanMatch(SanMatch.Type.URI, new StringMatch.Exact(name, false));
    }

    private static SanMatch ip(String name) {
        return new SanMatch(SanMatch.Type.IP_ADDRESS, new StringMatch.Exact(name, false));
    }

    private static SanMatch any(String name) {
        return new SanMatch(SanMatch.Type.ANY, new StringMatch.Exact(name, false));
    }
}

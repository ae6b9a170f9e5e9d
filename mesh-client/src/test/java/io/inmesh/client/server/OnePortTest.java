package io.inmesh.client.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.testing.InboundListeners;
import io.inmesh.client.testing.RawHttp;
import io.inmesh.client.testing.Tls;
import io.inmesh.testkit.TestPki;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and plaintext on one port, each with all of HTTP (docs/adr/0009). */
@ParameterizedClass
@EnumSource(ServerKind.class)
class OnePortTest {

    private static final String[] ISTIO = {"istio-http/1.1", "istio", "http/1.1"};

    private final TestPki pki = TestPki.create();
    private final WorkloadIdentity frontend = pki.identity("default", "frontend");
    private final MeshedServer server;

    OnePortTest(ServerKind kind) {
        server = kind.start(pki.identity("default", "httpbin"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void permissiveServesBothAndTellsThemApart() throws Exception {
        server.with(InboundListeners::permissive);

        try (RawHttp plain = RawHttp.plaintext(server.port());
                RawHttp mutual = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(plain.get("/a")).contains("served", "scheme=http\n", "secure=false", "peer=none");
            assertThat(mutual.get("/b"))
                    .contains(
                            "served", "scheme=https\n", "secure=true", "spiffe://cluster.local/ns/default/sa/frontend");
            assertThat(plain.get("/c")).as("kept alive").contains("uri=/c", "secure=false");
            assertThat(mutual.get("/d")).as("kept alive").contains("uri=/d", "secure=true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void strictServesEveryVersionOfTlsThatIstioAllows(String version) throws Exception {
        server.with(InboundListeners::strict);

        try (RawHttp mutual =
                new RawHttp(Tls.connect(server.port(), frontend, new String[] {version}, "istio-http/1.1"))) {
            assertThat(mutual.get("/a"))
                    .contains("served", "peer=[[6, spiffe://cluster.local/ns/default/sa/frontend]]");
        }
    }

    @Test
    void strictClosesPlaintextBeforeTheApplicationHearsOfIt() throws Exception {
        server.with(InboundListeners::strict);

        try (RawHttp plain = RawHttp.plaintext(server.port())) {
            assertThat(plain.get("/a")).isEmpty();
        }
        try (RawHttp plain = RawHttp.plaintext(server.port())) {
            assertThat(plain.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isEmpty();
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void strictRefusesCallersWithoutOrWithAForeignCertificate() throws Exception {
        server.with(InboundListeners::strict);
        WorkloadIdentity foreign = TestPki.create().identity("default", "frontend");

        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            String[] versions = {version};
            assertThatThrownBy(() -> get(Tls.connect(server.port(), null, versions, ISTIO)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(Tls.connect(server.port(), foreign, versions, ISTIO)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void permissiveNeverEndsTlsThatIsNotIstios() throws Exception {
        server.with(InboundListeners::permissive);

        assertThatThrownBy(() -> get(Tls.connect(server.port(), frontend, "http/1.1")))
                .isInstanceOf(IOException.class);
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void disabledServesPlaintextOnly() throws Exception {
        server.with(InboundListeners::disabled);

        try (RawHttp plain = RawHttp.plaintext(server.port())) {
            assertThat(plain.get("/a")).contains("served");
        }
        assertThatThrownBy(() -> get(Tls.connect(server.port(), frontend, ISTIO)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anOpenPlaintextConnectionGetsNoFurtherRequestAfterASwitchToStrict() throws Exception {
        server.with(InboundListeners::permissive);

        try (RawHttp plain = RawHttp.plaintext(server.port())) {
            assertThat(plain.get("/a")).contains("served");
            server.with(InboundListeners::strict);
            assertThat(plain.get("/b")).isEmpty();
        }
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void anOpenTlsConnectionGetsNoFurtherRequestAfterASwitchToDisable() throws Exception {
        server.with(InboundListeners::strict);

        try (RawHttp mutual = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(mutual.get("/a")).contains("served");
            server.with(InboundListeners::disabled);
            assertThat(mutual.get("/b")).isEmpty();
        }
        assertThat(server.requests).hasValue(1);
    }

    @Test
    void nothingIsServedBeforeTheFirstConfiguration() throws Exception {
        try (RawHttp plain = RawHttp.plaintext(server.port())) {
            assertThat(plain.get("/a")).isEmpty();
        }
        assertThatThrownBy(() -> get(Tls.connect(server.port(), frontend, ISTIO)))
                .isInstanceOf(IOException.class);
        assertThat(server.requests).hasValue(0);
    }

    @Test
    void cleartextHttp2IsServedByPriorKnowledgeAndByUpgrade() throws Exception {
        server.with(InboundListeners::permissive);
        OkHttpClient knowing = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + server.port() + "/a")
                .build();

        try (Response response = knowing.newCall(request).execute()) {
            assertThat(response.body().string()).contains("protocol=HTTP/2.0", "scheme=http\n", "secure=false");
        }
        server.with(InboundListeners::strict);
        try (Response response = knowing.newCall(request).execute()) {
            assertThat(response.code()).as("the open connection").isEqualTo(403);
        } catch (IOException e) {
            assertThat(e).as("or it is reset").hasMessageContaining("stream");
        }
        assertThat(server.requests).hasValue(1);
        server.with(InboundListeners::permissive);
        java.net.http.HttpClient upgrading = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_2)
                .build();
        java.net.http.HttpResponse<String> upgraded = upgrading.send(
                java.net.http.HttpRequest.newBuilder(request.url().uri()).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(upgraded.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
        assertThat(upgraded.body()).contains("served", "secure=false");
    }

    @Test
    void asynchronousServletsAreServedOnEitherTransport() throws Exception {
        server.with(InboundListeners::permissive);

        try (RawHttp plain = RawHttp.plaintext(server.port());
                RawHttp mutual = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(plain.get("/async")).contains("served", "secure=false");
            assertThat(mutual.get("/async")).contains("served", "secure=true");
            assertThat(mutual.get("/async/again")).contains("served", "secure=true");
        }
    }

    @Test
    void aNewCertificateIsUsedForNewHandshakesWithoutARestart() throws Exception {
        server.with(InboundListeners::strict);

        assertThat(serverCertificate()).isEqualTo(serverCertificate());
        Object before = serverCertificate();
        try (RawHttp open = new RawHttp(Tls.connect(server.port(), frontend, ISTIO))) {
            assertThat(open.get("/a")).contains("served");
            server.identities.publish(pki.identity("default", "httpbin"));
            assertThat(serverCertificate()).isNotEqualTo(before);
            assertThat(open.get("/b")).as("an open connection lives on").contains("served");
        }
    }

    private Object serverCertificate() throws Exception {
        try (SSLSocket socket = Tls.connect(server.port(), frontend, ISTIO)) {
            assertThat(new RawHttp(socket).get("/")).contains("served");
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static void get(SSLSocket socket) throws IOException {
        try (RawHttp http = new RawHttp(socket)) {
            socket.startHandshake();
            if (http.get("/").isEmpty()) {
                throw new IOException("closed");
            }
        }
    }
}

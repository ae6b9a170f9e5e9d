package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.okhttp.MeshOutcome;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code http://} in the application, TLS on the wire: what a DestinationRule's SIMPLE and MUTUAL come to from YAML to socket. */
class TlsOriginationTest {

    private static final TestPki PKI = TestPki.create();
    private static final WorkloadIdentity SERVER = PKI.leaf(SpiffeId.of(PKI.trustDomain(), "outside", "api"))
            .withoutNames()
            .andDns("api.example.com")
            .issue();

    @TempDir
    Path folder;

    private HttpsServer server;
    private PemFiles client;

    @BeforeEach
    void start() throws Exception {
        client = PemFiles.write(PKI.identity("default", "egress"), folder.resolve("client"));
        SSLContext context = TestTls.of(SERVER);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asking = context.getDefaultSSLParameters();
                asking.setWantClientAuth(true);
                parameters.setSSLParameters(asking);
            }
        });
        server.createContext("/", exchange -> {
            byte[] answer = caller((HttpsExchange) exchange).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void simpleShowsNothingAndRequiresTheCalledName() throws Exception {
        assertThat(call("{mode: SIMPLE, caCertificates: %s}".formatted(client.root())))
                .isEqualTo("200 nobody");
    }

    @Test
    void simpleRefusesAServerWithAnotherName() throws Exception {
        assertThat(call("{mode: SIMPLE, caCertificates: %s, subjectAltNames: [other.example.com]}"
                        .formatted(client.root())))
                .startsWith("503 ")
                .contains("UF");
    }

    @Test
    void withoutRootsTheMachinesOwnCount() throws Exception {
        assertThat(call("{mode: SIMPLE}")).startsWith("503 ").contains("UF");
    }

    @Test
    void insecureSkipVerifyTakesAnyServer() throws Exception {
        assertThat(call("{mode: SIMPLE, insecureSkipVerify: true}")).isEqualTo("200 nobody");
    }

    @Test
    void mutualShowsTheFilesCertificate() throws Exception {
        assertThat(call("{mode: MUTUAL, clientCertificate: %s, privateKey: %s, caCertificates: %s}"
                        .formatted(client.chain(), client.key(), client.root())))
                .isEqualTo("200 spiffe://cluster.local/ns/default/sa/egress");
    }

    /** Status and body, or status and response flags where the mesh has answered itself. */
    private String call(String tls) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                config.resolve("mesh.yaml"), """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: api, namespace: shop}
                spec:
                  hosts: [api.example.com]
                  location: MESH_EXTERNAL
                  resolution: STATIC
                  ports: [{number: 80, name: http, protocol: HTTP, targetPort: %d}]
                  endpoints: [{address: 127.0.0.1}]
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: api, namespace: shop}
                spec:
                  host: api.example.com
                  trafficPolicy:
                    tls: %s
                """.formatted(server.getAddress().getPort(), tls));
        try (ControlService control = ControlService.builder()
                        .config(config)
                        .state(folder.resolve("state"))
                        .securePort(0)
                        .adminPort(-1)
                        .development(true)
                        .start();
                MeshAgent agent = agent(control);
                Mesh mesh = Mesh.builder().config(agent.configSource()).build()) {
            mesh.awaitReady(Duration.ofSeconds(30));
            OkHttpClient http = mesh.okHttp(new OkHttpClient());
            Request request =
                    new Request.Builder().url("http://api.example.com/x").build();
            try (Response response = http.newCall(request).execute()) {
                String body = response.body().string();
                return response.code() + " "
                        + (response.code() == 200
                                ? body
                                : MeshOutcome.of(response).orElseThrow().flags());
            }
        }
    }

    private MeshAgent agent(ControlService control) throws Exception {
        assertThat(control.awaitReady(Duration.ofSeconds(30))).isTrue();
        return MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), control.rootFile()))
                .workload("shop", "web")
                .ip("127.0.0.1")
                .tokenFile(control.bootstrapToken("shop", "web"))
                .stateDirectory(folder.resolve("agent"))
                .build();
    }

    private static String caller(HttpsExchange exchange) {
        try {
            X509Certificate shown = (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
            return io.inmesh.api.identity.SvidVerifier.idOf(shown).toString();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        } catch (java.security.cert.CertificateException e) {
            return "no workload";
        }
    }
}

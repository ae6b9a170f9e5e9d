package io.inmesh.spring.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inmesh.spring.functional.TwoApplications.Callee;
import io.inmesh.spring.functional.TwoApplications.Caller;
import io.inmesh.spring.probe.ProbeServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Two applications with nothing but the starter call each other through a control service. */
class StarterFunctionalTest {

    private static final String STRICT = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: shop}
            spec: {mtls: {mode: STRICT}}
            """;
    private static final String DENY = """
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: nobody-asks, namespace: shop}
            spec:
              selector: {matchLabels: {app: callee}}
              action: DENY
              rules:
              - to: [{operation: {paths: ["/whoami"]}}]
            """;
    private static final String DENY_ALL = """
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: nobody-at-all, namespace: shop}
            spec: {}
            """;
    private static final String WHOAMI = "http://callee/whoami";
    private static final String CALLER = "spiffe://cluster.local/ns/shop/sa/caller securely";
    private static final int PATIENCE_MILLIS = 20_000;

    private EmbeddedMesh mesh;
    private int calleePort;
    private ConfigurableApplicationContext callee;
    private ConfigurableApplicationContext caller;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        mesh = new EmbeddedMesh(folder, STRICT);
        calleePort = freePort();
        callee = mesh.start(Callee.class, "callee", calleePort, "--mesh.workload.group=callee");
        caller = mesh.start(Caller.class, "caller", 0);
        awaitStatus(200);
    }

    @AfterEach
    void stop() {
        mesh.close();
    }

    @Test
    void everyClientGoesThroughTheMeshWithItsIdentity() throws Exception {
        assertThat(caller.getBean("built", RestClient.class)
                        .get()
                        .uri(WHOAMI)
                        .retrieve()
                        .body(String.class))
                .isEqualTo(CALLER);
        assertThat(caller.getBean("created", RestClient.class)
                        .get()
                        .uri(WHOAMI)
                        .retrieve()
                        .body(String.class))
                .isEqualTo(CALLER);
        assertThat(caller.getBean(RestTemplate.class).getForObject(WHOAMI, String.class))
                .isEqualTo(CALLER);
        try (Response response = caller.getBean(OkHttpClient.class)
                .newCall(new Request.Builder().url(WHOAMI).build())
                .execute()) {
            assertThat(response.body().string()).isEqualTo(CALLER);
        }
    }

    @Test
    void theBundleIsTheIdentityOfTheMoment() throws Exception {
        SslBundle bundle = caller.getBean(SslBundles.class).getBundle("mesh");
        KeyStore keys = bundle.getStores().getKeyStore();
        X509Certificate own = (X509Certificate) keys.getCertificate("mesh");
        assertThat(own.getSubjectAlternativeNames().toString()).contains("spiffe://cluster.local/ns/shop/sa/caller");

        // Another workload's TLS takes it, and is trusted: the mesh's own port, asked past the mesh.
        SSLSocketFactory sockets = bundle.createSslContext().getSocketFactory();
        try (SSLSocket socket = (SSLSocket) sockets.createSocket(InetAddress.getLoopbackAddress(), calleePort)) {
            socket.getOutputStream()
                    .write("GET /whoami HTTP/1.1\r\nHost: callee\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains(CALLER);
        }
    }

    @Test
    void plaintextIsRefusedUnderStrictAndServedUnderPermissive() throws Exception {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> plaintext(calleePort, "/whoami"));

        mesh.policies(STRICT.replace("STRICT", "PERMISSIVE"));

        assertThat(awaitPlaintext()).isEqualTo("nobody");
        assertThat(caller.getBean(RestTemplate.class).getForObject(WHOAMI, String.class))
                .isEqualTo(CALLER);
    }

    @Test
    void policiesAndAnnotationsDenyAndTheCalledSideNamesThem() throws Exception {
        RestClient client = caller.getBean("built", RestClient.class);
        assertThat(client.get().uri("http://callee/counter").retrieve().body(String.class))
                .isEqualTo("what may it be");
        String vault = client.get()
                .uri(URI.create("http://callee/vault/%31"))
                .exchange((request, response) -> response.getStatusCode().value() + " "
                        + new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
        assertThat(vault).isEqualTo("403 RBAC: access denied");
        mesh.policies(STRICT + DENY);

        awaitStatus(403);

        String endpoint = caller.getBean("built", RestClient.class)
                .get()
                .uri("http://callee/actuator/mesh")
                .retrieve()
                .body(String.class);
        assertThat(endpoint)
                .contains("ns[shop]-policy[nobody-asks]-rule[0]")
                .contains("@MeshAllow on " + Callee.class.getName() + ".vault")
                .contains("principals=[cluster.local/ns/shop/sa/treasurer]")
                .contains("spiffe://cluster.local/ns/shop/sa/caller");
    }

    @Test
    void probesArePlaintextAndNothingElseIs() throws Exception {
        int probes = callee.getBean(ProbeServer.class).port();
        mesh.policies(STRICT + DENY_ALL);
        awaitStatus(403);

        assertThat(plaintext(probes, "/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(plaintext(probes, "/healthz/ready").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(plaintext(probes, "/actuator/mesh").statusCode()).isEqualTo(404);
        assertThat(plaintext(probes, "/whoami").statusCode()).isEqualTo(404);
    }

    @Test
    void aManagementPortIsProtectedLikeAnyOther() throws Exception {
        ConfigurableApplicationContext managed = mesh.start(
                Caller.class, "caller", 0, "--management.server.port=0", "--management.server.address=127.0.0.1");
        int management = managed.getEnvironment().getRequiredProperty("local.management.port", Integer.class);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> plaintext(management, "/actuator/health"));
    }

    @Test
    void bothSidesReportTheCallInIstiosWords() throws Exception {
        assertThat(awaitCalls(caller, "reporter", "source", "response_code", "200"))
                .isPositive();
        assertThat(awaitCalls(
                        callee,
                        "reporter",
                        "destination",
                        "connection_security_policy",
                        "mutual_tls",
                        "source_principal",
                        "spiffe://cluster.local/ns/shop/sa/caller"))
                .isPositive();
    }

    /** The called side counts a call when it has ended, which may be a moment after the caller has read it. */
    private static double awaitCalls(ConfigurableApplicationContext application, String... tags) {
        MeterRegistry meters = application.getBean(MeterRegistry.class);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        double count;
        do {
            count = meters.find("istio.requests").tags(tags).counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        } while (count == 0 && System.nanoTime() < end);
        return count;
    }

    private void awaitStatus(int wanted) throws InterruptedException {
        RestClient client = caller.getBean("built", RestClient.class);
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        HttpStatusCode status;
        do {
            status = client.get().uri(WHOAMI).exchange((request, response) -> response.getStatusCode());
        } while (status.value() != wanted && System.nanoTime() < end);
        assertThat(status.value()).isEqualTo(wanted);
    }

    private String awaitPlaintext() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (System.nanoTime() < end) {
            try {
                return plaintext(calleePort, "/whoami").body();
            } catch (IOException e) {
                // Still refused.
            }
        }
        throw new AssertionError("plaintext is still refused");
    }

    private static HttpResponse<String> plaintext(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

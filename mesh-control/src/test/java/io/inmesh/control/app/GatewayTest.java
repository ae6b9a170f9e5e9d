package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.inmesh.api.identity.PkixTrust;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.control.push.SubscriptionStatus;
import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.Peers;
import io.inmesh.testkit.PemFiles;
import io.inmesh.testkit.TestPki;
import io.inmesh.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Envoy as ingress gateway: the tutorial's Gateway, and beside it mutual TLS and a redirect. */
class GatewayTest {

    private static final String BOOTSTRAP = """
            node:
              id: router~127.0.0.1~istio-ingressgateway-0.istio-system~istio-system.svc.cluster.local
              cluster: istio-ingressgateway
              metadata: {NAMESPACE: istio-system, SERVICE_ACCOUNT: ingressgateway, LABELS: {istio: ingressgateway}}
            dynamic_resources:
              ads_config:
                api_type: %s
                transport_api_version: V3
                set_node_on_first_message_only: true
                grpc_services: [{envoy_grpc: {cluster_name: ads}}]
              cds_config: {ads: {}, resource_api_version: V3}
              lds_config: {ads: {}, resource_api_version: V3}
            static_resources:
              clusters:
              - name: ads
                type: STATIC
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: ads
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
              - name: sds-grpc
                type: STATIC
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: sds-grpc
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
            """;

    private static final String MORE = """
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: more, namespace: default}
            spec:
              selector: {istio: ingressgateway}
              servers:
              - bind: 127.0.0.1
                port: {number: 80, name: http-old, protocol: HTTP}
                hosts: [old.example.com]
                tls: {httpsRedirect: true}
              - bind: 127.0.0.1
                port: {number: 443, name: https-secure, protocol: HTTPS}
                hosts: [secure.example.com]
                tls: {mode: MUTUAL, credentialName: secure-tls}
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: at-the-gate, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: ingressgateway}}
              action: DENY
              rules: [{to: [{operation: {paths: [/denied*]}}]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: secure, namespace: default}
            spec:
              hosts: [secure.example.com]
              gateways: [more]
              http: [{match: [{uri: {prefix: /app}}], rewrite: {uri: /inside}, route: [{destination: {host: myapp}}]}]
            """;

    @TempDir
    Path folder;

    private final TestPki pki = TestPki.create();
    private HttpServer backend;
    private int http;
    private int https;

    @BeforeEach
    void serve() throws IOException {
        Peers.envoy();
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            byte[] body = (exchange.getRequestURI().getPath() + " "
                            + exchange.getRequestHeaders().getFirst("x-forwarded-proto"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        http = freePort();
        https = freePort();
    }

    @AfterEach
    void stop() {
        if (backend != null) {
            backend.stop(0);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String inventory() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: istio-ingressgateway, namespace: istio-system}
                spec:
                  selector: {app: istio-ingressgateway}
                  ports: [{name: http2, port: 80, targetPort: %d}, {name: https, port: 443, targetPort: %d}]
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: istio-ingressgateway-0
                  namespace: istio-system
                  labels: {app: istio-ingressgateway, istio: ingressgateway}
                spec: {serviceAccountName: ingressgateway}
                status: {podIP: 127.0.0.1}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: myapp, namespace: default}
                spec: {selector: {app: myapp}, ports: [{name: http, port: 80}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: WorkloadEntry
                metadata: {name: myapp-1, namespace: default}
                spec: {address: 127.0.0.1, labels: {app: myapp}, ports: {http: %d}}
                """.formatted(http, https, backend.getAddress().getPort());
    }

    private String secret(String name, String host) throws IOException {
        WorkloadIdentity identity = pki.leaf(SpiffeId.of(pki.trustDomain(), "istio-system", "ingressgateway"))
                .andDns(host)
                .issue();
        PemFiles files = PemFiles.write(identity, Files.createDirectories(folder.resolve(name)));
        return """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: istio-system}
                data: {tls.crt: %s, tls.key: %s, ca.crt: %s}
                """.formatted(name, base64(files.chain()), base64(files.key()), base64(files.root()));
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    @Test
    void theTutorialsGatewayWorksWithTheStateOfTheWorld() throws Exception {
        gatewayWorks("GRPC");
    }

    @Test
    void theTutorialsGatewayWorksWithDelta() throws Exception {
        gatewayWorks("DELTA_GRPC");
    }

    private void gatewayWorks(String protocol) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        String tutorial = Files.readString(Peers.shared("tutorial").resolve("11-gateway.yaml"));
        Files.writeString(config.resolve("inventory.yaml"), inventory());
        Files.writeString(
                config.resolve("gateway.yaml"), tutorial.replace("  - port:", "  - bind: 127.0.0.1\n    port:") + MORE);
        Files.writeString(
                config.resolve("secrets.yaml"),
                secret("myapp-tls", "myapp.example.com") + secret("secure-tls", "secure.example.com"));
        try (ControlService control = ControlService.builder()
                .config(config)
                .state(folder.resolve("state"))
                .development(true)
                .securePort(-1)
                .plaintextPort(0)
                .adminPort(-1)
                .start()) {
            assertThat(control.awaitReady(Duration.ofSeconds(30))).isTrue();
            assertThat(control.config().problems()).isEmpty();
            try (SecretServer own =
                            new SecretServer(pki.identity("istio-system", "ingressgateway"), folder.resolve("own"));
                    EnvoyProcess envoy = EnvoyProcess.start(
                            BOOTSTRAP.formatted(protocol, control.plaintextPort(), own.port()), "error")) {
                OkHttpClient client = client(null);
                await(envoy, () -> get(client, "http://myapp.example.com:" + http + "/")
                        .startsWith("200"));
                assertThat(get(client, "http://myapp.example.com:" + http + "/x"))
                        .isEqualTo("200 /x http");
                assertThat(get(client, "http://myapp.example.com:" + http + "/denied/x"))
                        .startsWith("403");
                assertThat(get(client, "http://other.example.com:" + http + "/"))
                        .startsWith("404");
                assertThat(get(client, "http://old.example.com:" + http + "/y"))
                        .startsWith("301 https://old.example.com");

                await(envoy, () -> get(client, "https://myapp.example.com:" + https + "/")
                        .startsWith("200"));
                assertThat(get(client, "https://myapp.example.com:" + https + "/s"))
                        .isEqualTo("200 /s https");

                OkHttpClient known = client(pki.identity("default", "caller"));
                assertThat(get(known, "https://secure.example.com:" + https + "/app"))
                        .isEqualTo("200 /inside https");
                assertThat(get(known, "https://secure.example.com:" + https + "/else"))
                        .startsWith("404");
                assertThatThrownBy(() -> get(client, "https://secure.example.com:" + https + "/app"))
                        .as("no certificate")
                        .isInstanceOf(IOException.class);
                assertThat(control.clients().get(0).subscriptions())
                        .as(envoy.logTail())
                        .extracting(SubscriptionStatus::rejection)
                        .containsOnly("");
            }
        }
    }

    private static String get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            String location = response.header("location", "");
            return response.code() + " " + (location.isEmpty() ? response.body().string() : location);
        }
    }

    private OkHttpClient client(@Nullable WorkloadIdentity identity) throws GeneralSecurityException {
        Set<X509Certificate> roots = Set.of(pki.root());
        return new OkHttpClient.Builder()
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .followRedirects(false)
                .sslSocketFactory(TestTls.trusting(roots, identity).getSocketFactory(), PkixTrust.of(roots))
                .build();
    }

    private interface Check {
        boolean holds() throws IOException;
    }

    private static void await(EnvoyProcess envoy, Check check) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                if (check.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                assertThat(System.nanoTime())
                        .as("in time: " + notYet + "\n" + envoy.logTail())
                        .isLessThan(limit);
            }
            assertThat(System.nanoTime()).as("in time\n" + envoy.logTail()).isLessThan(limit);
            Thread.sleep(20);
        }
    }
}

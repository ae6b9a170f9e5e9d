package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.inmesh.control.push.XdsType;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.Endpoints.ClusterLoadAssignment;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlServiceTest {

    private static final String CLUSTER = "outbound|80||reviews.shop.svc.cluster.local";
    private static final String CONFIG = """
            apiVersion: v1
            kind: Service
            metadata: {name: reviews, namespace: shop}
            spec: {selector: {app: reviews}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadGroup
            metadata: {name: reviews, namespace: shop}
            spec: {metadata: {labels: {app: reviews}}, template: {serviceAccount: reviews}}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: client, namespace: shop}
            """;

    @TempDir
    Path config;

    @TempDir
    Path state;

    private ControlService service;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(config.resolve("shop.yaml"), CONFIG);
        service = open();
        assertThat(service.awaitReady(Duration.ofSeconds(20))).isTrue();
    }

    private ControlService open() throws IOException {
        return ControlService.builder()
                .config(config)
                .state(state)
                .development(true)
                .securePort(0)
                .plaintextPort(0)
                .adminPort(0)
                .start();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private AdsClient plaintext(String name, Map<String, ?> metadata) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "127.0.0.1:" + service.plaintextPort(), InsecureChannelCredentials.create())
                .build();
        return new AdsClient(channel, "sidecar~127.0.0.1~" + name + ".shop~shop.svc.cluster.local", metadata, "");
    }

    private AdsClient secure(String name, Map<String, ?> metadata, String token) throws IOException {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "localhost:" + service.securePort(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(service.rootFile().toFile())
                                .build())
                .build();
        return new AdsClient(channel, "sidecar~127.0.0.1~" + name + ".shop~shop.svc.cluster.local", metadata, token);
    }

    private static Map<String, Object> registered(int port, String version) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("NAMESPACE", "shop");
        metadata.put("SERVICE_ACCOUNT", "reviews");
        metadata.put("AUTO_REGISTER_GROUP", "reviews");
        metadata.put("LABELS", Map.of("version", version));
        metadata.put("POD_PORTS", "[{\"name\":\"http\",\"containerPort\":" + port + ",\"protocol\":\"TCP\"}]");
        return metadata;
    }

    private static String endpoints(Message response) throws IOException {
        return Any.unpack(response.get(DiscoveryResponse.RESOURCES).get(0), ClusterLoadAssignment.TYPE)
                .toString();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(limit);
            Thread.sleep(5);
        }
    }

    private HttpResponse<String> admin(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.adminPort() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void workloadsRegisterThemselvesAndCallersLearnOfThem() throws Exception {
        try (AdsClient caller = plaintext("client", Map.of("SERVICE_ACCOUNT", "client"));
                AdsClient one = plaintext("reviews-1", registered(9001, "v1"));
                AdsClient two = plaintext("reviews-2", registered(9002, "v2"))) {
            caller.subscribe(XdsType.EDS, CLUSTER);
            String seen = endpoints(caller.next(CLUSTER));
            one.subscribe(XdsType.CDS);
            one.next();
            two.subscribe(XdsType.CDS);
            two.next();
            while (!seen.contains("9001") || !seen.contains("9002")) {
                seen = endpoints(caller.next(CLUSTER));
            }
            assertThat(seen).contains("\"tlsMode\":\"istio\"").contains("127.0.0.1");
        }
    }

    @Test
    void anEditTakesEffectInWellUnderASecond() throws Exception {
        try (AdsClient caller = plaintext("client", Map.of("SERVICE_ACCOUNT", "client"))) {
            caller.subscribe(XdsType.CDS);
            caller.next();
            long before = System.nanoTime();
            Files.writeString(
                    config.resolve("more.yaml"),
                    CONFIG.replace("reviews", "ratings").replace("client", "other"));
            Message response = caller.next();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(900));
            assertThat(response.get(DiscoveryResponse.RESOURCES).toString()).isNotEmpty();
        }
    }

    @Test
    void brokenYamlIsReportedAndTheLastStateIsServed() throws Exception {
        Files.writeString(config.resolve("shop.yaml"), CONFIG + "---\nx: [\n");
        await(() -> admin("/debug/problemz").body().contains("not YAML"));
        assertThat(admin("/debug/problemz").body())
                .contains("\"file\": \"shop.yaml\"")
                .contains("\"line\": 1");
        assertThat(admin("/ready").statusCode()).isEqualTo(200);
        try (AdsClient caller = plaintext("client", Map.of())) {
            caller.subscribe(XdsType.EDS, CLUSTER);
            assertThat(caller.next(CLUSTER).get(DiscoveryResponse.RESOURCES)).hasSize(1);
        }
    }

    @Test
    void aRestartTakesNoEndpointAway() throws Exception {
        try (AdsClient one = plaintext("reviews-1", registered(9001, "v1"))) {
            one.subscribe(XdsType.CDS);
            one.next();
        }
        service.close();
        service = open();
        assertThat(service.awaitReady(Duration.ofSeconds(20))).isTrue();
        try (AdsClient caller = plaintext("client", Map.of())) {
            caller.subscribe(XdsType.EDS, CLUSTER);
            assertThat(endpoints(caller.next(CLUSTER))).contains("9001");
        }
    }

    @Test
    void theSecurePortKnowsItsCallersByWhatTheyProve() throws Exception {
        String token = Files.readString(service.bootstrapToken("shop", "client"));
        try (AdsClient known = secure("client", Map.of("NAMESPACE", "shop", "SERVICE_ACCOUNT", "client"), token);
                AdsClient liar = secure("client", Map.of("NAMESPACE", "shop", "SERVICE_ACCOUNT", "admin"), token);
                AdsClient foreign = secure("client", Map.of("NAMESPACE", "other", "SERVICE_ACCOUNT", "client"), token);
                AdsClient nobody = secure("client", Map.of("NAMESPACE", "shop", "SERVICE_ACCOUNT", "client"), "")) {
            known.subscribe(XdsType.CDS);
            assertThat(known.next().get(DiscoveryResponse.RESOURCES)).isNotEmpty();
            liar.subscribe(XdsType.CDS);
            assertThat(Status.fromThrowable(liar.end()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            foreign.subscribe(XdsType.CDS);
            assertThat(Status.fromThrowable(foreign.end()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(Status.fromThrowable(nobody.end()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void aWorkloadOfAnotherAccountIsNotRegisteredWithTheGroup() throws Exception {
        Map<String, Object> metadata = registered(9001, "v1");
        metadata.put("SERVICE_ACCOUNT", "client");
        try (AdsClient liar = plaintext("reviews-9", metadata)) {
            liar.subscribe(XdsType.CDS);
            assertThat(Status.fromThrowable(liar.end()).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        assertThat(admin("/debug/endpointz").body()).doesNotContain("reviews-9");
    }

    @Test
    void theAdminPortShowsClientsAndMetricsAndNothingElse() throws Exception {
        try (AdsClient caller = plaintext("client", Map.of("SERVICE_ACCOUNT", "client"))) {
            caller.subscribe(XdsType.CDS);
            caller.next();
            await(() -> admin("/debug/syncz").body().contains("cluster_acked"));
            assertThat(admin("/debug/adsz").body()).contains("client.shop").contains("\"totalClients\": 1");
            assertThat(admin("/metrics").body())
                    .contains("\npilot_xds 1\n")
                    .contains("\npilot_services 1\n")
                    .contains("\ncitadel_server_csr_count 0\n");
            try (AdsClient looker = plaintext("istioctl", Map.of())) {
                looker.ask("istio.io/debug", "syncz");
                Message page =
                        looker.next("syncz").get(DiscoveryResponse.RESOURCES).get(0);
                assertThat(page.get(Any.VALUE).utf8()).contains("client.shop").doesNotContain("istioctl");
                assertThat(admin("/metrics").body()).contains("\npilot_xds 1\n");
            }
        }
        assertThat(admin("/debug/../state").statusCode()).isEqualTo(404);
        await(() -> admin("/metrics").body().contains("\npilot_xds 0\n"));
    }

    @Test
    void withoutAReadableFirstStateItIsNotReadyAndServesNobody(@TempDir Path broken, @TempDir Path fresh)
            throws Exception {
        Files.writeString(broken.resolve("a.yaml"), "x: [");
        service.close();
        service = ControlService.builder()
                .config(broken)
                .state(fresh)
                .development(true)
                .securePort(-1)
                .plaintextPort(0)
                .adminPort(0)
                .start();
        await(() -> admin("/ready").body().contains("a.yaml:1"));
        assertThat(admin("/ready").statusCode()).isEqualTo(503);
        try (AdsClient caller = plaintext("client", Map.of())) {
            assertThat(Status.fromThrowable(caller.end()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
        Files.writeString(broken.resolve("a.yaml"), CONFIG);
        assertThat(service.awaitReady(Duration.ofSeconds(10))).isTrue();
        assertThat(admin("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aPlaintextPortIsForDevelopmentOnly() {
        assertThatThrownBy(() -> ControlService.builder()
                        .config(config)
                        .state(state)
                        .plaintextPort(0)
                        .start())
                .hasMessageContaining("development");
    }

    @Test
    void flagsAreReadAndWrongOnesNamed() {
        ControlServiceBuilder builder = ControlService.builder();
        ControlMain.read(
                new String[] {"--config", "a", "--state", "b", "--dev", "--port", "0", "--admin-port", "-1"}, builder);
        assertThat(builder.development).isTrue();
        assertThat(builder.securePort).isZero();
        assertThatThrownBy(() ->
                        ControlMain.read(new String[] {"--config", "a", "--nonsense", "b"}, ControlService.builder()))
                .hasMessageContaining("--nonsense");
        assertThatThrownBy(() -> ControlMain.read(new String[] {"--config", "a"}, ControlService.builder()))
                .hasMessageContaining("--state");
    }
}

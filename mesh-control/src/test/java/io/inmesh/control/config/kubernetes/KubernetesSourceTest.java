package io.inmesh.control.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.control.config.ConfigChange;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.MeshEndpoint;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.PushContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesSourceTest {

    private final BlockingQueue<ConfigChange> changes = new LinkedBlockingQueue<>();
    private final PushContext context = new PushContext(MeshSettings.DEFAULT);
    private TestCluster cluster;
    private String shop;
    private String system;

    @BeforeEach
    void open() throws IOException {
        cluster = TestCluster.open();
        shop = cluster.namespace("shop");
        system = cluster.namespace("system");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private String service() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: reviews, namespace: %s}
                spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 8080}]}
                """.formatted(shop);
    }

    private String slice(String address, String conditions) {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: reviews-1, namespace: %s, labels: {kubernetes.io/service-name: reviews}}
                addressType: IPv4
                endpoints: [{addresses: ["%s"], conditions: %s, targetRef: {kind: Pod, name: reviews-a}}]
                ports: [{name: http, port: 8080}]
                """.formatted(shop, address, conditions);
    }

    private String virtualService(String timeout) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: reviews, namespace: %s}
                spec: {hosts: [reviews], http: [{timeout: %s, route: [{destination: {host: reviews}}]}]}
                """.formatted(shop, timeout);
    }

    private KubernetesSource start() {
        KubernetesSource source = KubernetesSource.of(cluster.newClient(), TestCluster.settings(system));
        source.start(changes::add);
        return source;
    }

    /** Puts changes to use until the state is as it should be. */
    private void until(BooleanSupplier condition) throws InterruptedException {
        untilSeconds(20, condition);
    }

    private void untilSeconds(int seconds, BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean()) {
            ConfigChange change = changes.poll(limit - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(change).as("a change in time").isNotNull();
            context.change(change.upserted(), change.gone());
        }
    }

    private List<MeshEndpoint> endpoints() {
        return context.endpoints("reviews." + shop + ".svc.cluster.local", 80);
    }

    @Test
    void theFirstDeliveryIsTheWholeState() throws InterruptedException {
        cluster.apply(service());
        cluster.apply(slice("10.1.2.3", "{ready: true}"));
        cluster.apply(virtualService("3s"));
        try (KubernetesSource source = start()) {
            ConfigChange first = changes.poll(20, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            assertThat(first.upserted().keySet())
                    .contains(
                            "Namespace " + shop + "/" + shop,
                            "Service " + shop + "/reviews",
                            "EndpointSlice " + shop + "/reviews-1",
                            "VirtualService " + shop + "/reviews");
            assertThat(source.snapshot().complete()).isTrue();
        }
    }

    @Test
    void changesAreToldOneByOne() throws InterruptedException {
        cluster.apply(service());
        try (KubernetesSource source = start()) {
            until(() ->
                    context.service("reviews." + shop + ".svc.cluster.local").isPresent());
            assertThat(endpoints()).isEmpty();

            cluster.apply(slice("10.1.2.3", "{ready: true}"));
            until(() ->
                    endpoints().stream().anyMatch(endpoint -> endpoint.address().equals("10.1.2.3")));
            cluster.apply(slice("10.1.2.4", "{ready: true}"));
            until(() ->
                    endpoints().stream().anyMatch(endpoint -> endpoint.address().equals("10.1.2.4")));
            assertThat(endpoints()).hasSize(1);
            cluster.delete(slice("10.1.2.4", "{ready: true}"));
            until(() -> endpoints().isEmpty());
            cluster.delete(service());
            until(() ->
                    context.service("reviews." + shop + ".svc.cluster.local").isEmpty());
            assertThat(source.snapshot().resources())
                    .noneMatch(resource -> resource.meta().id().equals("Service " + shop + "/reviews"));
        }
    }

    @Test
    void aPodGivesItsEndpointAccountLabelsAndTheLocalityOfItsNode() throws InterruptedException {
        String node = """
                apiVersion: v1
                kind: Node
                metadata: {name: node-%1$s, labels: {topology.kubernetes.io/region: eu, topology.kubernetes.io/zone: eu-1}}
                """.formatted(shop);
        cluster.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: reviews, namespace: %s}
                """.formatted(shop));
        cluster.apply(node);
        cluster.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: reviews-a, namespace: %1$s, labels: {app: reviews, security.istio.io/tlsMode: istio}}
                spec:
                  serviceAccountName: reviews
                  nodeName: node-%1$s
                  containers: [{name: reviews, image: reviews, ports: [{name: web, containerPort: 8080}]}]
                """.formatted(shop));
        cluster.apply(service());
        cluster.apply(slice("10.1.2.3", "{ready: true}"));
        try (KubernetesSource source = start()) {
            until(() -> !endpoints().isEmpty());
            MeshEndpoint endpoint = endpoints().get(0);
            assertThat(endpoint.workload().serviceAccount()).isEqualTo("reviews");
            assertThat(endpoint.workload().locality()).isEqualTo("eu/eu-1");
            assertThat(endpoint.mtls()).isTrue();
            assertThat(source.snapshot().problems())
                    .noneMatch(problem -> problem.resource().contains(shop));
        } finally {
            cluster.delete(node);
        }
    }

    @Test
    void aWrongEditKeepsTheLastGoodVersionAndIsShown() throws InterruptedException {
        assumeFalse(TestCluster.real(), "a real API server's CRDs refuse it");
        cluster.apply(virtualService("3s"));
        try (KubernetesSource source = start()) {
            until(() -> !source.snapshot().of(VirtualService.class).isEmpty());
            cluster.apply(virtualService("soon"));
            long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (source.snapshot().problems().isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(limit);
                Thread.onSpinWait();
            }
            assertThat(source.snapshot().of(VirtualService.class)).hasSize(1);
            assertThat(source.snapshot().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
                assertThat(problem.toString()).contains("kubernetes/VirtualService", "spec.http[0].timeout");
            });
        }
    }

    @Test
    void nothingIsDeliveredBeforeEveryListIsThere() throws InterruptedException {
        assumeFalse(TestCluster.real(), "a real API server answers at once");
        CountDownLatch answer = new CountDownLatch(1);
        cluster.server()
                .expect()
                .get()
                .withPath("/apis/networking.istio.io/v1/destinationrules?resourceVersion=0")
                .andReply(503, request -> {
                    awaitQuietly(answer);
                    return "{}";
                })
                .once();
        cluster.apply(service());
        try (KubernetesSource source = start()) {
            assertThat(changes.poll(500, TimeUnit.MILLISECONDS)).isNull();
            assertThat(source.snapshot().complete()).isFalse();
            answer.countDown();
            until(() ->
                    context.service("reviews." + shop + ".svc.cluster.local").isPresent());
            assertThat(source.snapshot().complete()).isTrue();
        }
    }

    @Test
    void aRestartOfTheApiServerTakesNothingAwayAndWhatCameMeanwhileArrives() throws Exception {
        String restart = System.getProperty("mesh.kube.restart", "");
        assumeTrue(TestCluster.real() && !restart.isEmpty(), "-Dmesh.kube.restart=COMMAND restarts a real API server");
        cluster.apply(service());
        cluster.apply(slice("10.1.2.3", "{ready: true}"));
        try (KubernetesSource source = start()) {
            until(() -> !endpoints().isEmpty());
            Process command = new ProcessBuilder("sh", "-c", restart)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(command.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(command.exitValue()).isZero();
            assertThat(source.snapshot().complete()).isTrue();
            assertThat(endpoints()).hasSize(1);
            cluster.apply(slice("10.1.2.4", "{ready: true}"));
            untilSeconds(90, () -> endpoints().stream()
                    .anyMatch(endpoint -> endpoint.address().equals("10.1.2.4")));
            assertThat(endpoints()).hasSize(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        List<WatchedKind> some = WatchedKind.ALL.stream()
                .filter(kind ->
                        !kind.kind().equals("VirtualService") && !kind.kind().equals("Pod"))
                .toList();
        try (TestCluster poor = TestCluster.mock(some, false)) {
            assertThatThrownBy(() ->
                            KubernetesSource.of(poor.server().createClient(), TestCluster.settings("istio-system")))
                    .isInstanceOf(MeshConfigurationException.class)
                    .hasMessageContaining("CRD virtualservices.networking.istio.io")
                    .hasMessageContaining("resource pods")
                    .hasMessageContaining("permission to list services")
                    .hasMessageContaining("permission to watch peerauthentications.security.istio.io");
        }
    }
}

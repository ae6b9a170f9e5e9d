package io.inmesh.control.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigChange;
import io.inmesh.control.config.SharedState;
import io.inmesh.control.config.SharedState.Kept;
import io.inmesh.control.config.TlsSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a control service writes: on the stand-in, and on a real API server. */
class KubernetesDutiesTest {

    private final BlockingQueue<ConfigChange> changes = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newCachedThreadPool();
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
    void close() throws InterruptedException {
        cluster.close();
        executor.shutdownNow();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void until(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " in time").isLessThan(limit);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** A control service of which only the part that speaks to Kubernetes runs. */
    private final class Replica implements AutoCloseable {
        final KubernetesSource source;
        final KubernetesDuties duties;

        Replica(String identity) {
            KubernetesSettings settings =
                    new KubernetesSettings(Optional.empty(), system, identity, "inmesh-ca", "root-" + shop);
            source = KubernetesSource.of(cluster.newClient(), settings);
            duties = source.duties(MeshClock.system(), executor);
            duties.roots("the roots");
            source.start(changes::add);
        }

        void lead() {
            until("leadership", duties::leading);
            until("the first state", () -> source.snapshot().complete());
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private Optional<String> root(String namespace) {
        return Optional.ofNullable(cluster.client()
                        .configMaps()
                        .inNamespace(namespace)
                        .withName("root-" + shop)
                        .get())
                .map(ConfigMap::getData)
                .map(data -> data.get("root-cert.pem"));
    }

    @Test
    void theRootsAreInEveryNamespaceAndMended() {
        try (Replica replica = new Replica("one")) {
            replica.lead();
            until("the roots", () -> {
                replica.duties.look();
                return root(shop).isPresent() && root(system).isPresent();
            });
            assertThat(root(shop)).hasValue("the roots");

            String later = cluster.namespace("later");
            until("the roots of a new namespace", () -> {
                replica.duties.look();
                return root(later).isPresent();
            });
            cluster.client()
                    .configMaps()
                    .inNamespace(shop)
                    .withName("root-" + shop)
                    .delete();
            replica.duties.roots("others");
            until("mended roots", () -> {
                replica.duties.look();
                return root(shop).equals(Optional.of("others")) && root(later).equals(Optional.of("others"));
            });
        }
    }

    @Test
    void onlyOneReplicaWritesAndTheOtherTakesOver() {
        Replica first = new Replica("one");
        first.lead();
        try (Replica second = new Replica("two")) {
            until("the second state", () -> second.source.snapshot().complete());
            second.duties.look();
            assertThat(second.duties.leading()).isFalse();
            first.close();
            second.lead();
            assertThat(cluster.client()
                            .leases()
                            .inNamespace(system)
                            .withName("inmesh-control")
                            .get()
                            .getSpec()
                            .getHolderIdentity())
                    .isEqualTo("two");
        }
    }

    private String virtualService(String field) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: reviews, namespace: %s}
                spec: {hosts: [reviews], http: [{%s route: [{destination: {host: reviews}}]}]}
                """.formatted(shop, field);
    }

    private GenericKubernetesResource written() {
        return written("VirtualService");
    }

    private GenericKubernetesResource written(String kind) {
        return KubernetesObjects.of(cluster.client(), WatchedKind.ofIstio(kind).orElseThrow(), "v1")
                .inNamespace(shop)
                .withName("reviews")
                .get();
    }

    private String condition() {
        return condition("VirtualService");
    }

    private String condition(String kind) {
        return ConditionList.find(written(kind), ConfigStatuses.ACCEPTED)
                .map(found -> found.get("status") + " " + found.get("reason") + " " + found.get("message"))
                .orElse("none");
    }

    private List<Event> events() {
        return cluster.client().v1().events().inNamespace(shop).list().getItems();
    }

    @Test
    void whatIsQuarantinedIsToldInStatusAndEventUntilItIsMended() {
        cluster.apply(virtualService("fault: {delay: {exponentialDelay: 1s, percentage: {value: 1}}},"));
        try (Replica replica = new Replica("one")) {
            replica.lead();
            until("the condition", () -> {
                replica.duties.look();
                return condition().startsWith("False Quarantined spec.http[0].fault.delay");
            });
            until("the event", () -> events().size() == 1);
            assertThat(events().get(0).getReason()).isEqualTo("Quarantined");
            assertThat(events().get(0).getInvolvedObject().getName()).isEqualTo("reviews");

            GenericKubernetesResource mended = written();
            Map<String, Object> route = Map.of("route", List.of(Map.of("destination", Map.of("host", "reviews"))));
            mended.setAdditionalProperty("spec", Map.of("hosts", List.of("reviews"), "http", List.of(route)));
            cluster.client().resource(mended).update();
            until("that all is well", () -> {
                replica.duties.look();
                return condition().equals("True Accepted ");
            });
        }
    }

    @Test
    void fieldsWithoutEffectAreToldAndTheConditionsOfOthersStay() {
        cluster.applyWithStatus("""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: %s}
                spec: {host: reviews, trafficPolicy: {proxyProtocol: {version: V1}}}
                status: {conditions: [{type: Reconciled, status: "True"}]}
                """.formatted(shop));
        try (Replica replica = new Replica("one")) {
            replica.lead();
            until("the condition", () -> {
                replica.duties.look();
                return condition("DestinationRule")
                        .startsWith("True FieldsWithoutEffect spec.trafficPolicy.proxyProtocol");
            });
            assertThat(ConditionList.find(written("DestinationRule"), "Reconciled"))
                    .isPresent();
            assertThat(events()).extracting(Event::getType).containsExactly("Normal");
        }
    }

    @Test
    void nothingIsWrittenAboutWhatIsWell() {
        cluster.apply(virtualService(""));
        try (Replica replica = new Replica("one")) {
            replica.lead();
            String version = written().getMetadata().getResourceVersion();
            replica.duties.look();
            assertThat(written().getMetadata().getResourceVersion()).isEqualTo(version);
            assertThat(events()).isEmpty();
        }
    }

    @Test
    void aSharedStateIsWrittenByOneOfSeveral() throws IOException {
        try (Replica replica = new Replica("one")) {
            SharedState one = replica.source.sharedState(MeshClock.system()).orElseThrow();
            SharedState two = replica.source.sharedState(MeshClock.system()).orElseThrow();
            assertThat(one.read()).isEmpty();
            assertThat(one.replace(Optional.empty(), "a")).isTrue();
            assertThat(two.replace(Optional.empty(), "b"))
                    .as("it is there already")
                    .isFalse();

            Optional<Kept> read = two.read();
            assertThat(read).map(Kept::text).hasValue("a");
            assertThat(read.orElseThrow().toString()).doesNotContain("a,");
            assertThat(one.replace(read, "c")).isTrue();
            assertThat(two.replace(read, "d")).as("it is another by now").isFalse();
            String version = two.read().orElseThrow().version();
            assertThat(two.read()).map(Kept::text).hasValue("c");
            until("that it is heard of", () -> two.heard().equals(Optional.of(version)));
        }
    }

    @Test
    void onlySecretsThatAGatewayNamesWhereItRunsAreRead() {
        cluster.apply("""
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: gate, namespace: %s}
                spec:
                  selector: {istio: %s}
                  servers:
                  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: shown}}
                """.formatted(shop, shop));
        cluster.apply(secret(shop, "shown", "1"));
        cluster.apply(secret(shop, "hidden", "1"));
        cluster.apply(secret(system, "shown", "1"));
        try (Replica replica = new Replica("one")) {
            replica.lead();
            assertThat(replica.source.snapshot().of(TlsSecret.class))
                    .as("no gateway runs")
                    .isEmpty();
            cluster.apply("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: gate, namespace: %s, labels: {istio: %s}}
                    spec: {containers: [{name: envoy, image: envoy}]}
                    """.formatted(shop, shop));
            until("the secret", () -> certificates(replica).equals(List.of(shop + "/shown 1")));
            cluster.apply(secret(shop, "shown", "2"));
            until("its change", () -> certificates(replica).equals(List.of(shop + "/shown 2")));
            assertThat(changes.toString()).doesNotContain("hidden");
            cluster.client().secrets().inNamespace(shop).withName("shown").delete();
            until("its end", () -> certificates(replica).isEmpty());
        }
    }

    private static List<String> certificates(Replica replica) {
        return replica.source.snapshot().of(TlsSecret.class).stream()
                .map(secret -> secret.meta().namespace() + "/" + secret.meta().name() + " " + secret.certificate())
                .toList();
    }

    private static String secret(String namespace, String name, String certificate) {
        Map<String, String> data =
                Map.of("tls.crt", Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.UTF_8)));
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                data: {tls.crt: %s}
                """.formatted(name, namespace, data.get("tls.crt"));
    }
}

package io.inmesh.control.config.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.control.app.ControlService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of {@code deploy/}: just the rights that are needed, and enough of them on a real API server. */
class DeployTest {

    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final String NAMESPACE = "istio-system";

    @TempDir
    Path folder;

    private static List<HasMetadata> load(KubernetesClient client, String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private static String manifest(String profile) throws IOException {
        return Files.readString(DEPLOY.resolve("manifests").resolve(profile + ".yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "default", "demo"})
    void aManifestGrantsWhatTheStartAsksForAndNothingElse(String profile) throws IOException {
        Set<String> granted = new TreeSet<>();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            for (HasMetadata object : load(client, manifest(profile))) {
                if (object instanceof ClusterRole role) {
                    role.getRules().forEach(rule -> add(granted, rule, ""));
                } else if (object instanceof Role role
                        && role.getMetadata().getName().equals("inmesh-control")) {
                    role.getRules().forEach(rule -> add(granted, rule, NAMESPACE));
                }
            }
        }
        Set<String> needed = new TreeSet<>();
        List<Permission> all = new ArrayList<>(Permissions.of(TestCluster.settings(NAMESPACE)));
        WatchedKind.ALL.forEach(kind -> all.add(Permission.toWatch(kind)));
        for (Permission permission : all) {
            permission.verbs().forEach(verb -> needed.add(verb + " " + permission.what()));
        }
        assertThat(granted).isEqualTo(needed);
    }

    private static void add(Set<String> granted, PolicyRule rule, String namespace) {
        List<String> names =
                rule.getResourceNames() == null || rule.getResourceNames().isEmpty()
                        ? List.of("")
                        : rule.getResourceNames();
        for (String verb : rule.getVerbs()) {
            for (String resource : rule.getResources()) {
                for (String name : names) {
                    Permission one =
                            new Permission(List.of(verb), rule.getApiGroups().get(0), resource, namespace, name);
                    granted.add(verb + " " + one.what());
                }
            }
        }
    }

    @Test
    void withJustThoseRightsAControlServiceRunsAndAPodGetsItsIdentityByItsToken() throws Exception {
        assumeTrue(TestCluster.real(), "the stand-in grants everything");
        try (TestCluster cluster = TestCluster.open()) {
            String system = cluster.namespace("control");
            String shop = cluster.namespace("shop");
            // Only what grants rights: there are no nodes for pods.
            List<HasMetadata> rights = load(
                            cluster.client(), manifest("minimal").replace(NAMESPACE, system))
                    .stream()
                    .filter(object -> object.getKind().contains("Role")
                            || object.getKind().equals("ServiceAccount"))
                    .toList();
            rights.forEach(object -> cluster.client().resource(object).serverSideApply());
            cluster.apply("""
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: reviews, namespace: %s}
                    """.formatted(shop));
            try {
                run(cluster, system, shop);
            } finally {
                rights.forEach(object -> cluster.client().resource(object).delete());
            }
        }
    }

    private void run(TestCluster cluster, String system, String shop) throws Exception {
        Path config = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(
                        cluster.client().getMasterUrl(), token(cluster, system, "inmesh-control", null)));
        Path token = Files.writeString(folder.resolve("token"), token(cluster, shop, "reviews", "istio-ca"));
        BlockingQueue<WorkloadIdentity> identities = new LinkedBlockingQueue<>();
        try (ControlService control = ControlService.builder()
                .kubernetes(config)
                .rootNamespace(system)
                .state(folder.resolve("state"))
                .rootConfigMap("inmesh-ca-root-cert")
                .securePort(0)
                .adminPort(-1)
                .start()) {
            assertThat(control.awaitReady(Duration.ofSeconds(60))).isTrue();
            String root = awaitRoot(cluster, shop);
            Path roots = Files.writeString(folder.resolve("root-cert.pem"), root);
            assertThat(cluster.client()
                            .secrets()
                            .inNamespace(system)
                            .withName("inmesh-ca")
                            .get())
                    .isNotNull();
            try (MeshAgent agent = MeshAgent.builder()
                    .controlService(ControlAddress.secure("127.0.0.1", control.securePort(), roots))
                    .workload(shop, "reviews")
                    .ip("10.1.2.3")
                    .tokenFile(token)
                    .stateDirectory(folder.resolve("agent"))
                    .build()) {
                agent.identitySource().start(identities::add);
                WorkloadIdentity identity = identities.poll(60, TimeUnit.SECONDS);
                assertThat(identity).isNotNull();
                assertThat(identity.id().uri()).isEqualTo("spiffe://cluster.local/ns/" + shop + "/sa/reviews");
            }
        }
    }

    private static String awaitRoot(TestCluster cluster, String namespace) throws InterruptedException {
        var map = cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withName("inmesh-ca-root-cert")
                .waitUntilCondition(found -> found != null && found.getData() != null, 60, TimeUnit.SECONDS);
        return map.getData().get("root-cert.pem");
    }

    private static String token(TestCluster cluster, String namespace, String account, String audience) {
        TokenRequestBuilder request = new TokenRequestBuilder().withNewSpec().endSpec();
        if (audience != null) {
            request = new TokenRequestBuilder()
                    .withNewSpec()
                    .withAudiences(audience)
                    .endSpec();
        }
        return cluster.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(request.build())
                .getStatus()
                .getToken();
    }
}

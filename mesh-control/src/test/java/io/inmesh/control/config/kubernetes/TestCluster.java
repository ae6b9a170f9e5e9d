package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.inmesh.testkit.Peers;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/**
 * A Kubernetes API: fabric8's stand-in, or with {@code -Dmesh.kubeconfig=FILE} a real one, in which it makes namespaces of its own and
 * Istio's CRDs, and removes the namespaces.
 */
final class TestCluster implements AutoCloseable {

    private final KubernetesClient client;
    private final KubernetesMockServer server;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> namespaces = new ArrayList<>();
    private final List<HasMetadata> applied = new ArrayList<>();

    private TestCluster(KubernetesClient client, KubernetesMockServer server) {
        this.client = client;
        this.server = server;
    }

    static boolean real() {
        return !System.getProperty("mesh.kubeconfig", "").isEmpty();
    }

    static KubernetesSettings settings(String namespace) {
        return new KubernetesSettings(
                Optional.empty(),
                namespace,
                "one",
                KubernetesSettings.STATE_SECRET,
                KubernetesSettings.ROOT_CONFIG_MAP);
    }

    static TestCluster open() throws IOException {
        if (!real()) {
            return mock(WatchedKind.ALL, true);
        }
        TestCluster cluster = new TestCluster(realClient(), null);
        try (InputStream crds = Files.newInputStream(Peers.shared("istio").resolve("crds.yaml"))) {
            for (HasMetadata crd : cluster.client.load(crds).items()) {
                cluster.client.resource(crd).serverSideApply();
            }
        }
        return cluster;
    }

    /** A stand-in that serves some kinds and allows everything or nothing. */
    static TestCluster mock(List<WatchedKind> kinds, boolean allowed) {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        Map<String, List<APIResource>> served = new LinkedHashMap<>();
        for (WatchedKind kind : kinds) {
            APIResource resource = new APIResource();
            resource.setName(kind.plural());
            resource.setKind(kind.kind());
            resource.setNamespaced(kind.namespaced());
            served.computeIfAbsent(kind.apiVersion(kind.versions().get(0)), unknown -> new ArrayList<>())
                    .add(resource);
            server.expectCustomResource(new CustomResourceDefinitionContext.Builder()
                    .withGroup(kind.group())
                    .withVersion(kind.versions().get(0))
                    .withKind(kind.kind())
                    .withPlural(kind.plural())
                    .withScope(kind.namespaced() ? "Namespaced" : "Cluster")
                    .build());
        }
        served.forEach((apiVersion, resources) -> {
            APIResourceList list = new APIResourceList();
            list.setGroupVersion(apiVersion);
            list.setResources(resources);
            String path = apiVersion.indexOf('/') < 0 ? "/api/" + apiVersion : "/apis/" + apiVersion;
            server.expect().get().withPath(path).andReturn(200, list).always();
        });
        server.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .andReturn(
                        201,
                        new SelfSubjectAccessReviewBuilder()
                                .withNewStatus()
                                .withAllowed(allowed)
                                .endStatus()
                                .build())
                .always();
        return new TestCluster(server.createClient(new JdkHttpClientFactory()), server);
    }

    KubernetesMockServer server() {
        return server;
    }

    /** For the source under test, which closes it. */
    KubernetesClient newClient() {
        return real() ? realClient() : server.createClient(new JdkHttpClientFactory());
    }

    private static KubernetesClient realClient() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(System.getProperty("mesh.kubeconfig"))))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    /** A namespace of this run. */
    String namespace(String name) {
        String own = name + "-" + run;
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(own)
                .endMetadata()
                .build();
        client.resource(namespace).create();
        namespaces.add(own);
        return own;
    }

    /** Creates or replaces objects. */
    void apply(String yaml) {
        for (HasMetadata object : load(yaml)) {
            applied.add(object);
            if (client.resource(object).get() == null) {
                client.resource(object).create();
            } else {
                client.resource(object).update();
            }
        }
    }

    /** Objects with a status, which a real API server takes in a second step only. */
    void applyWithStatus(String yaml) {
        apply(yaml);
        if (real()) {
            load(yaml).forEach(object -> client.resource(object).updateStatus());
        }
    }

    List<StatusDetails> delete(String yaml) {
        List<StatusDetails> deleted = new ArrayList<>();
        load(yaml)
                .forEach(object -> deleted.addAll(
                        client.resource(object).withGracePeriod(0).delete()));
        return deleted;
    }

    private List<HasMetadata> load(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    @Override
    public void close() {
        if (real()) {
            // Without controllers nobody empties a namespace that goes.
            applied.forEach(object -> client.resource(object).withGracePeriod(0).delete());
        }
        for (String namespace : namespaces) {
            client.namespaces().withName(namespace).delete();
        }
        client.close();
        if (server != null) {
            server.destroy();
        }
    }
}

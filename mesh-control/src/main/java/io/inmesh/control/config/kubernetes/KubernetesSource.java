package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.control.config.ConfigChange;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.ConfigSource;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.ResourceIntake;
import io.inmesh.control.config.TokenReviewer;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Watches Kubernetes: lists and then watches each kind, and begins again with a list when a watch cannot go on (410 Gone, a lost
 * connection). Nothing is delivered before all first lists are there; what was delivered stays while the API server is away. Thread-safe.
 */
public final class KubernetesSource implements ConfigSource {

    private static final System.Logger LOG = System.getLogger(KubernetesSource.class.getName());

    private final KubernetesClient client;
    private final Map<WatchedKind, String> versions;
    private final List<ObjectName> settings;
    private final ResourceIntake intake = new ResourceIntake();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
    private boolean complete;

    private KubernetesSource(KubernetesClient client, String namespace) {
        this.client = client;
        this.settings = List.of(
                new ObjectName(WatchedKind.CONFIG_MAP, namespace, "inmesh"),
                new ObjectName(WatchedKind.CONFIG_MAP, namespace, "istio"));
        this.versions = new StartCheck(client).versions(WatchedKind.ALL, settings);
    }

    /**
     * Connects and looks whether everything is there.
     *
     * @param kubeconfig empty for the usual places: the pod's own account, or {@code ~/.kube/config}
     * @param namespace whose ConfigMaps {@code inmesh} and {@code istio} hold the mesh's settings
     * @throws MeshConfigurationException if the API server cannot be reached, or lacks a resource or a permission
     */
    public static KubernetesSource connect(Optional<Path> kubeconfig, String namespace) {
        Config config = kubeconfig
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        return of(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build(),
                namespace);
    }

    /** With a client of its own, which it closes. */
    static KubernetesSource of(KubernetesClient client, String namespace) {
        try {
            return new KubernetesSource(client, namespace);
        } catch (KubernetesClientException unreachable) {
            client.close();
            throw new MeshConfigurationException(
                    "Kubernetes at " + client.getMasterUrl() + " cannot be read: " + unreachable.getMessage(),
                    unreachable);
        } catch (MeshConfigurationException missing) {
            client.close();
            throw missing;
        }
    }

    /** Judges tokens by Kubernetes' TokenReview. */
    public TokenReviewer tokenReviewer(String audience) {
        return new KubernetesTokens(client, audience);
    }

    @Override
    public List<MeshConfig> meshConfigs() {
        ResourceIntake first = new ResourceIntake();
        for (ObjectName name : settings) {
            GenericKubernetesResource written = kind(name.kind(), "v1")
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .get();
            if (written != null) {
                first.upsert(object(written), origin(written));
            }
        }
        ConfigSnapshot found = first.snapshot(true);
        found.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .findFirst()
                .ifPresent(problem -> {
                    throw new MeshConfigurationException("The mesh's own settings cannot be used: " + problem);
                });
        return found.of(MeshConfig.class);
    }

    @Override
    public void start(Consumer<ConfigChange> consumer) {
        versions.forEach((kind, version) -> {
            var all = kind(kind, version);
            informers.add((kind.namespaced() ? all.inAnyNamespace() : all).runnableInformer(0));
        });
        settings.forEach(name -> informers.add(kind(name.kind(), "v1")
                .inNamespace(name.namespace())
                .withName(name.name())
                .runnableInformer(0)));
        for (SharedIndexInformer<GenericKubernetesResource> informer : informers) {
            informer.exceptionHandler((started, failure) -> {
                LOG.log(Level.WARNING, "Kubernetes does not answer, the last state stays: " + failure);
                return true;
            });
            informer.addEventHandler(new Handler(consumer));
            informer.start().whenComplete((nothing, failure) -> synced(consumer));
        }
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            kind(WatchedKind kind, String version) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group().isEmpty() ? null : kind.group())
                .withVersion(version)
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
    }

    /** The first lists are there once every informer has its own; only then anything is delivered. */
    private void synced(Consumer<ConfigChange> consumer) {
        lock.lock();
        try {
            if (!complete && !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced)) {
                // What the handlers were told may still be on its way; the stores have all of it.
                informers.forEach(informer ->
                        informer.getStore().list().forEach(each -> intake.upsert(object(each), origin(each))));
                complete = true;
                LOG.log(Level.INFO, "Kubernetes: the first state is complete");
                consumer.accept(intake.everything());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ConfigSnapshot snapshot() {
        lock.lock();
        try {
            return intake.snapshot(complete);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        client.close();
    }

    /** Events come one at a time for each kind, and from several kinds at once. */
    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        private final Consumer<ConfigChange> consumer;

        Handler(Consumer<ConfigChange> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onAdd(GenericKubernetesResource object) {
            take(intake.upsert(object(object), origin(object)));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            take(intake.upsert(object(now), origin(now)));
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean lastStateUnknown) {
            String namespace = object.getMetadata().getNamespace();
            String name = object.getMetadata().getName();
            boolean isNamespace = object.getKind().equals("Namespace");
            take(intake.remove(object.getKind(), isNamespace ? name : namespace == null ? "default" : namespace, name));
        }

        private void take(ConfigChange change) {
            lock.lock();
            try {
                if (complete && !change.equals(ConfigChange.NOTHING)) {
                    consumer.accept(change);
                }
            } finally {
                lock.unlock();
            }
            synced(consumer);
        }
    }

    private static String origin(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        return "kubernetes/" + object.getKind() + "/" + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    private static Map<String, Object> object(GenericKubernetesResource object) {
        Map<String, Object> all = new LinkedHashMap<>(object.getAdditionalProperties());
        all.put("apiVersion", object.getApiVersion());
        all.put("kind", object.getKind());
        ObjectMeta meta = object.getMetadata();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", meta.getName());
        if (meta.getNamespace() != null) {
            metadata.put("namespace", meta.getNamespace());
        }
        if (meta.getCreationTimestamp() != null) {
            metadata.put("creationTimestamp", meta.getCreationTimestamp());
        }
        metadata.put("labels", meta.getLabels() == null ? Map.of() : meta.getLabels());
        metadata.put("annotations", meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
        all.put("metadata", metadata);
        return all;
    }
}

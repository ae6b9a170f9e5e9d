package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigChange;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.ConfigSource;
import io.inmesh.control.config.Gateway;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.Pod;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.ResourceIntake;
import io.inmesh.control.config.SharedState;
import io.inmesh.control.config.TokenReviewer;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches Kubernetes: lists and then watches each kind, and begins again with a list when a watch cannot go on (410 Gone, a lost
 * connection). Nothing is delivered before all first lists are there; what was delivered stays while the API server is away. Thread-safe.
 */
public final class KubernetesSource implements ConfigSource {

    private static final System.Logger LOG = System.getLogger(KubernetesSource.class.getName());

    private final KubernetesClient client;
    private final KubernetesSettings settings;
    private final Map<WatchedKind, String> versions;
    private final ResourceIntake intake = new ResourceIntake();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<SharedIndexInformer<GenericKubernetesResource>> informers = new ArrayList<>();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable SecretWatches secrets;
    private volatile @Nullable KubernetesDuties duties;
    private boolean complete;

    private KubernetesSource(KubernetesClient client, KubernetesSettings settings) {
        this.client = client;
        this.settings = settings;
        this.versions = new StartCheck(client).versions(WatchedKind.ALL, Permissions.of(settings));
    }

    /**
     * Connects and looks whether everything is there.
     *
     * @throws MeshConfigurationException if the API server cannot be reached, or lacks a resource or a permission
     */
    public static KubernetesSource connect(KubernetesSettings settings) {
        Config config = settings.kubeconfig()
                .map(file -> Config.fromKubeconfig(file.toFile()))
                .orElseGet(() -> Config.autoConfigure(null));
        return of(
                new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build(),
                settings);
    }

    /** With a client of its own, which it closes. */
    static KubernetesSource of(KubernetesClient client, KubernetesSettings settings) {
        try {
            return new KubernetesSource(client, settings);
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

    /** The CA's state, if it is to be kept in a Secret. */
    public Optional<SharedState> sharedState(MeshClock clock) {
        if (settings.stateSecret().isEmpty()) {
            return Optional.empty();
        }
        ObjectName name = new ObjectName(WatchedKind.SECRET, settings.namespace(), settings.stateSecret());
        KubernetesSecret secret = new KubernetesSecret(client, name, "root.pem", clock);
        parts.push(secret);
        return Optional.of(secret);
    }

    /**
     * Stands for election, and does the duties of whoever is elected. To be called once, before {@link #start}.
     *
     * @param executor of the election; it may wait
     */
    public KubernetesDuties duties(MeshClock clock, Executor executor) {
        KubernetesDuties began =
                new KubernetesDuties(client, settings, versions, clock, executor, this::snapshot, this::problems);
        parts.push(began);
        duties = began;
        return began;
    }

    private List<Problem> problems(GenericKubernetesResource object) {
        return intake.problems(
                object.getKind(),
                KubernetesObjects.namespace(object),
                object.getMetadata().getName());
    }

    @Override
    public List<MeshConfig> meshConfigs() {
        ResourceIntake first = new ResourceIntake();
        for (ObjectName name : Permissions.meshConfigs(settings)) {
            GenericKubernetesResource written = KubernetesObjects.of(client, name.kind(), "v1")
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .get();
            if (written != null) {
                first.upsert(KubernetesObjects.fields(written), KubernetesObjects.origin(written));
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
        Handler handler = new Handler(consumer);
        secrets = new SecretWatches(client, handler);
        parts.push(secrets);
        versions.forEach((kind, version) -> {
            var all = KubernetesObjects.of(client, kind, version);
            informers.add((kind.namespaced() ? all.inAnyNamespace() : all).runnableInformer(0));
        });
        Permissions.meshConfigs(settings)
                .forEach(name -> informers.add(KubernetesObjects.of(client, name.kind(), "v1")
                        .inNamespace(name.namespace())
                        .withName(name.name())
                        .runnableInformer(0)));
        for (SharedIndexInformer<GenericKubernetesResource> informer : informers) {
            informer.exceptionHandler((started, failure) -> {
                LOG.log(Level.WARNING, "Kubernetes does not answer, the last state stays: " + failure);
                return true;
            });
            informer.addEventHandler(handler);
            informer.start().whenComplete((nothing, failure) -> synced(consumer));
        }
    }

    /** The first lists are there once every informer has its own; only then anything is delivered. */
    private void synced(Consumer<ConfigChange> consumer) {
        lock.lock();
        try {
            if (!complete && !informers.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced)) {
                // What the handlers were told may still be on its way; the stores have all of it.
                informers.forEach(informer -> informer.getStore().list().forEach(this::take));
                complete = true;
                LOG.log(Level.INFO, "Kubernetes: the first state is complete");
                consumer.accept(intake.everything());
                watchSecrets();
            }
        } finally {
            lock.unlock();
        }
    }

    private ConfigChange take(GenericKubernetesResource object) {
        ConfigChange change = intake.upsert(KubernetesObjects.fields(object), KubernetesObjects.origin(object));
        KubernetesDuties now = duties;
        if (now != null) {
            now.changed(object);
        }
        return change;
    }

    /** Under the lock. */
    private void watchSecrets() {
        if (secrets != null) {
            secrets.watch(GatewaySecrets.named(intake.snapshot(true)))
                    .forEach(gone -> intake.remove("Secret", gone.namespace(), gone.name()));
        }
    }

    /** Under the lock: only Gateways, and pods that one of them selects, say which Secrets are needed. */
    private boolean namesSecrets(ConfigChange change) {
        List<Gateway> gateways = intake.snapshot(true).of(Gateway.class);
        boolean pods = !gateways.isEmpty()
                && change.upserted().values().stream()
                        .anyMatch(each -> each instanceof Pod pod
                                && gateways.stream().anyMatch(gateway -> GatewaySecrets.selects(gateway, pod)));
        return pods || ids(change).anyMatch(id -> id.startsWith("Gateway "));
    }

    private static Stream<String> ids(ConfigChange change) {
        return Stream.concat(change.upserted().keySet().stream(), change.gone().stream());
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
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception broken) {
                LOG.log(Level.WARNING, "a part did not close: " + broken);
            }
        }
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
            deliver(take(object));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            deliver(take(now));
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean lastStateUnknown) {
            deliver(intake.remove(
                    object.getKind(),
                    KubernetesObjects.namespace(object),
                    object.getMetadata().getName()));
        }

        private void deliver(ConfigChange change) {
            lock.lock();
            try {
                if (complete && !change.equals(ConfigChange.NOTHING)) {
                    consumer.accept(change);
                    if (namesSecrets(change)) {
                        watchSecrets();
                    }
                }
            } finally {
                lock.unlock();
            }
            synced(consumer);
        }
    }
}

package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.KubernetesNamespace;
import io.inmesh.control.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What exactly one of several control services does for its cluster, the one that holds the Lease: it publishes the roots in every
 * namespace and writes statuses and Events. {@link #look()} is to be called about once a second by a thread that may wait. Thread-safe.
 */
public final class KubernetesDuties implements AutoCloseable {

    private final KubernetesLease lease;
    private final Optional<RootConfigMaps> roots;
    private final ConfigStatuses statuses;
    private final Supplier<ConfigSnapshot> config;
    private volatile String pem = "";

    KubernetesDuties(
            KubernetesClient client,
            KubernetesSettings settings,
            Map<WatchedKind, String> versions,
            MeshClock clock,
            Executor executor,
            Supplier<ConfigSnapshot> config,
            Function<GenericKubernetesResource, List<Problem>> problems) {
        this.config = config;
        this.statuses = new ConfigStatuses(client, versions, clock, problems);
        this.roots = settings.rootConfigMap().isEmpty()
                ? Optional.empty()
                : Optional.of(new RootConfigMaps(client, settings.rootConfigMap()));
        ObjectName name = new ObjectName(WatchedKind.LEASE, settings.namespace(), KubernetesSettings.LEASE);
        this.lease =
                new KubernetesLease(client, name, settings.identity(), executor, KubernetesLease.Timing.KUBERNETES);
        lease.start();
    }

    /** What peers have to trust from now on. */
    public void roots(String bundle) {
        pem = bundle;
    }

    /** Whether this control service is the one. */
    public boolean leading() {
        return lease.leading();
    }

    void changed(GenericKubernetesResource object) {
        statuses.changed(object);
    }

    /** Does what is due. */
    public void look() {
        ConfigSnapshot now = config.get();
        if (!lease.leading() || !now.complete()) {
            return;
        }
        String bundle = pem;
        if (roots.isPresent() && !bundle.isEmpty()) {
            Set<String> namespaces = now.of(KubernetesNamespace.class).stream()
                    .map(namespace -> namespace.meta().name())
                    .collect(Collectors.toSet());
            roots.get().publish(namespaces, bundle);
        }
        statuses.write();
    }

    @Override
    public void close() {
        lease.close();
        roots.ifPresent(RootConfigMaps::close);
    }
}

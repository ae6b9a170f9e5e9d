package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Kubernetes' election: of several control services the one that holds the Lease writes. Thread-safe. */
final class KubernetesLease implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KubernetesLease.class.getName());

    private final KubernetesClient client;
    private final ObjectName name;
    private final String identity;
    private final Executor executor;
    private final Timing timing;
    private volatile boolean leading;
    private volatile boolean closed;
    private volatile CompletableFuture<?> election = CompletableFuture.completedFuture(null);

    /** How long a Lease holds without renewal, when its holder gives up, and how often it is looked at. */
    record Timing(Duration lease, Duration renewal, Duration retry) {
        static final Timing KUBERNETES =
                new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
    }

    KubernetesLease(KubernetesClient client, ObjectName name, String identity, Executor executor, Timing timing) {
        this.client = client;
        this.name = name;
        this.identity = identity;
        this.executor = executor;
        this.timing = timing;
    }

    /** Stands for election until it is closed. */
    void start() {
        if (closed) {
            return;
        }
        election = new LeaderElector(
                        client,
                        new LeaderElectionConfigBuilder()
                                .withName(name.name())
                                .withLock(new LeaseLock(name.namespace(), name.name(), identity))
                                .withLeaseDuration(timing.lease())
                                .withRenewDeadline(timing.renewal())
                                .withRetryPeriod(timing.retry())
                                .withReleaseOnCancel(true)
                                .withLeaderCallbacks(
                                        new LeaderCallbacks(() -> leads(true), () -> leads(false), leader -> {}))
                                .build(),
                        executor)
                .start();
        var unused = election.whenComplete((ended, failure) -> {
            leading = false;
            if (!closed) {
                executor.execute(this::start);
            }
        });
    }

    boolean leading() {
        return leading;
    }

    private void leads(boolean now) {
        leading = now;
        LOG.log(Level.INFO, identity + (now ? " leads: " : " leads no more: ") + name);
    }

    @Override
    public void close() {
        closed = true;
        election.cancel(true);
    }
}

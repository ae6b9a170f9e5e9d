package io.inmesh.agent;

import io.inmesh.agent.ads.AdsSource;
import io.inmesh.agent.ads.AdsStatus;
import io.inmesh.agent.identity.IdentityStatus;
import io.inmesh.agent.identity.KeptIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.xds.state.ConfigSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Connects one workload to a control service, ours or istiod: its configuration over one ADS stream, its identity from the CA, both
 * kept on disk so that a restart needs neither. Runs two daemon threads. Thread-safe.
 *
 * <pre>{@code
 * MeshAgent agent = MeshAgent.builder()
 *         .controlService(ControlAddress.secure("istiod.istio-system.svc", 15012, rootFile))
 *         .workload("shop", "reviews")
 *         .tokenFile(tokenFile)
 *         .stateDirectory(Path.of("/var/lib/inmesh"))
 *         .build();
 * Mesh mesh = Mesh.builder().config(agent.configSource()).identity(agent.identitySource()).build();
 * }</pre>
 */
public final class MeshAgent implements AutoCloseable {

    private static final long GRACE_SECONDS = 5;

    private final AdsSource ads;
    private final KeptIdentity identity;
    private final List<Closing> parts;
    private final ScheduledExecutorService executor;
    private final ExecutorService disk;

    MeshAgent(
            AdsSource ads,
            KeptIdentity identity,
            List<Closing> parts,
            ScheduledExecutorService executor,
            ExecutorService disk) {
        this.ads = ads;
        this.identity = identity;
        this.parts = List.copyOf(parts);
        this.executor = executor;
        this.disk = disk;
    }

    public static MeshAgentBuilder builder() {
        return new MeshAgentBuilder();
    }

    /** The workload's configuration. Closing it ends the stream and leaves the identity. */
    public ConfigSource configSource() {
        return ads;
    }

    /** The workload's identity; may be started by several consumers. Closing it ends renewals and leaves the stream. */
    public IdentitySource identitySource() {
        return identity;
    }

    /**
     * The workload takes no more requests: it is no endpoint of its services any more, also before its connections end. Configuration and
     * identity go on until it is closed, so that what it has begun can end.
     */
    public void leave() {
        ads.leave();
    }

    /** How the stream to the control service stands. */
    public AdsStatus configStatus() {
        return ads.status();
    }

    /** How the workload's certificate stands. */
    public IdentityStatus identityStatus() {
        return identity.status();
    }

    /** Ends stream and renewals, writes what is not yet on disk, and ends the threads; waits a few seconds at most. */
    @Override
    public void close() {
        ads.close();
        identity.close();
        parts.forEach(Closing::close);
        executor.shutdown();
        await(executor);
        disk.shutdown();
        await(disk);
    }

    private static void await(ExecutorService service) {
        try {
            if (!service.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                service.shutdownNow();
            }
        } catch (InterruptedException e) {
            service.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Something that ends with the agent. */
    @FunctionalInterface
    interface Closing {

        void close();
    }
}

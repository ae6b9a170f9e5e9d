package io.inmesh.client;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.compile.NamedEndpoints;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.host.ResolvedNames;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.xds.state.XdsResources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes each complete configuration the current one: compile, publish, forget hosts that nobody names any more. An incomplete one waits
 * for its missing parts, names that nobody has looked up yet among them, and the last good one stays meanwhile. Thread-safe.
 */
final class ConfigPublisher {

    private static final System.Logger LOG = System.getLogger(ConfigPublisher.class.getName());

    private final OutboundCompiler compiler;
    private final HostRegistry hosts;
    private final SnapshotHolder<MeshSnapshot> snapshots;
    private final InboundHolder inbound;
    private final MeshClock clock;
    private final KeySources keys;
    private final Consumer<XdsResources> applied;
    private final ResolvedNames names;
    private final ReentrantLock lock = new ReentrantLock();
    private Compilation last = Compilation.nothing();
    private XdsResources complete = XdsResources.EMPTY;
    private volatile XdsResources received = XdsResources.EMPTY;
    private volatile @Nullable Published published;

    /**
     * Wires a publisher.
     *
     * @param names of endpoints; makes them for who is to hear of changes
     * @param applied hears of each configuration that took effect
     */
    ConfigPublisher(
            OutboundCompiler compiler,
            HostRegistry hosts,
            SnapshotHolder<MeshSnapshot> snapshots,
            InboundHolder inbound,
            MeshClock clock,
            KeySources keys,
            Function<Runnable, ResolvedNames> names,
            Consumer<XdsResources> applied) {
        this.clock = clock;
        this.keys = keys;
        this.compiler = compiler;
        this.hosts = hosts;
        this.snapshots = snapshots;
        this.inbound = inbound;
        this.applied = applied;
        this.names = names.apply(this::namesChanged);
    }

    void accept(XdsResources resources) {
        received = resources;
        if (!resources.complete()) {
            return;
        }
        lock.lock();
        try {
            complete = resources;
            names.want(NamedEndpoints.of(resources));
            publishIfNamed();
        } finally {
            lock.unlock();
        }
    }

    private void namesChanged() {
        lock.lock();
        try {
            publishIfNamed();
        } finally {
            lock.unlock();
        }
    }

    /** No more names are looked up. */
    void close() {
        names.close();
    }

    private void publishIfNamed() {
        if (!complete.complete() || !names.settled()) {
            return;
        }
        try {
            publish(NamedEndpoints.resolved(complete, names::addresses));
        } catch (RuntimeException e) {
            // A fault of ours in one configuration must not end the stream that may bring the next.
            LOG.log(System.Logger.Level.ERROR, "configuration not applied, the last good one stays", e);
        }
    }

    private void publish(XdsResources resources) {
        Compilation compiled = compiler.compile(resources, last);
        InboundCompiler.Result listeners =
                InboundCompiler.compile(resources.listeners().byName().values(), clock, keys);
        inbound.publish(listeners.snapshot());
        snapshots.publish(compiled.snapshot());
        published = new Published(resources, compiled, listeners.unsupported());
        last = compiled;
        hosts.retain(compiled.addressesByCluster());
        applied.accept(resources);
    }

    /** Returns when none is half in effect: calls see a configuration a moment before {@link #published} does. */
    void settle() {
        lock.lock();
        try {
            // Whoever held it has put one in effect.
        } finally {
            lock.unlock();
        }
    }

    /** The configuration in effect; empty before the first complete one. */
    Optional<Published> published() {
        return Optional.ofNullable(published);
    }

    /** What has come so far, for a message to somebody who waits. */
    String progress() {
        XdsResources now = received;
        return "clusters " + word(now.clusters().received()) + ", listeners "
                + word(now.listeners().received()) + ", routes "
                + now.routeConfigurations().byName().size()
                + ", load assignments " + now.loadAssignments().byName().size()
                + (now.complete() ? names.settled() ? ", complete" : ", names are looked up" : ", incomplete");
    }

    private static String word(boolean came) {
        return came ? "received" : "not received";
    }

    /**
     * A configuration in effect.
     *
     * @param inboundUnsupported paths of security settings that deny
     */
    record Published(XdsResources resources, Compilation compilation, List<String> inboundUnsupported) {}
}

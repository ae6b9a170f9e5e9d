package io.inmesh.conformance.side;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.adapter.dns.DnsNames;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.NamedEndpoints;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.ResolvedNames;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.xds.state.XdsResources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Compiles a configuration, and again whenever its names stand for something else. Thread-safe. */
final class Compiled implements AutoCloseable {

    private final XdsResources resources;
    private final OutboundCompiler compiler;
    private final SnapshotHolder<MeshSnapshot> snapshots;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch named = new CountDownLatch(1);
    private Compilation last = Compilation.nothing();
    private volatile @Nullable ResolvedNames names;

    Compiled(XdsResources resources, OutboundCompiler compiler, SnapshotHolder<MeshSnapshot> snapshots) {
        this.resources = resources;
        this.compiler = compiler;
        this.snapshots = snapshots;
        publish(name -> List.of());
    }

    /** Looks its names up from now on; they are known when this returns. */
    void follow(
            InetSocketAddress nameServer,
            RandomGenerator chance,
            ScheduledExecutorService timers,
            ExecutorService lookups) {
        DnsNames resolver = DnsNames.at(List.of(nameServer), MeshClock.system(), chance);
        ResolvedNames followed = new ResolvedNames(resolver, chance, timers, lookups, this::changed);
        names = followed;
        followed.want(NamedEndpoints.of(resources));
        try {
            named.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed() {
        ResolvedNames followed = Objects.requireNonNull(names);
        if (followed.settled()) {
            publish(followed::addresses);
            named.countDown();
        }
    }

    private void publish(Function<String, List<InetAddress>> addresses) {
        lock.lock();
        try {
            last = compiler.compile(NamedEndpoints.resolved(resources, addresses), last);
            snapshots.publish(last.snapshot());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        ResolvedNames followed = names;
        if (followed != null) {
            followed.close();
        }
    }
}

package io.inmesh.client;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.fetch.DocumentFetcher;
import io.inmesh.api.fetch.FetchRule;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.NameResolver;
import io.inmesh.client.adapter.okhttp.OkHttpMesh;
import io.inmesh.client.adapter.reactor.ReactorMesh;
import io.inmesh.client.admin.AdminServer;
import io.inmesh.client.admin.AdminView;
import io.inmesh.client.admin.ObservedCalls;
import io.inmesh.client.admin.ResourceUpdates;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.authz.jwt.RemoteKeys;
import io.inmesh.client.compile.CallerPlace;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.exposure.ExposedPorts;
import io.inmesh.client.exposure.ListeningSockets;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.host.ResolvedNames;
import io.inmesh.client.pipeline.BeyondEnvoy;
import io.inmesh.client.pipeline.Explanation;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.pipeline.OutboundPipeline;
import io.inmesh.client.resilience.TimingWheel;
import io.inmesh.client.route.Coverage;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.client.security.ClientTlsFactory;
import io.inmesh.client.security.IdentityHolder;
import io.inmesh.client.security.ServerTlsFactory;
import io.inmesh.client.security.TlsFiles;
import io.inmesh.client.telemetry.AccessLog;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.XdsResources;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The parts of a mesh and how they hang together. Thread-safe. */
final class Wiring implements AutoCloseable {

    private static final Duration FILES_EVERY = Duration.ofSeconds(5);
    private static final Duration SOCKETS_FIRST = Duration.ofSeconds(2);
    private static final Duration SOCKETS_EVERY = Duration.ofSeconds(30);

    private final Parts parts;
    private final IdentityHolder identities = new IdentityHolder();
    private final TlsFiles files = new TlsFiles();
    private final CountDownLatch firstIdentity = new CountDownLatch(1);
    private final SnapshotHolder<MeshSnapshot> snapshots = new SnapshotHolder<>();
    private final ConfigPublisher publisher;
    private final OutboundPipeline outbound;
    private final ServerTlsFactory inboundTls;
    private final InboundPipeline inbound;
    private final ClientTlsFactory tls;
    private final TimingWheel timers;
    private final OkHttpMesh okHttp;
    private final ReentrantLock making = new ReentrantLock();
    private final List<Runnable> onClose = new CopyOnWriteArrayList<>();
    private @Nullable ReactorMesh reactor;
    private final OkHttpClient plain;
    private final @Nullable AdminServer admin;
    private final ExposedPorts exposed = new ExposedPorts(ListeningSockets::ofThisProcess);
    private final AtomicBoolean called = new AtomicBoolean();
    private volatile ResourceUpdates updates = ResourceUpdates.NONE;
    private volatile Instant identitySince = Instant.EPOCH;

    Wiring(Parts parts) {
        this.parts = parts;
        HostRegistry hosts = new HostRegistry(parts.clock, parts.chance);
        InboundHolder listeners = new InboundHolder();
        publisher = new ConfigPublisher(
                new OutboundCompiler(hosts, parts.chance, parts.caller),
                hosts,
                snapshots,
                listeners,
                parts.clock,
                keys(parts),
                changed -> new ResolvedNames(parts.resolver, parts.chance, parts.background, parts.lookups, changed),
                parts.admin == null ? resources -> {} : this::applied);
        outbound = new OutboundPipeline(
                snapshots,
                parts.clock,
                parts.chance,
                parts.listener,
                parts.caller.address(),
                parts.policies,
                parts.beyond);
        parts.config.demand().ifPresent(outbound::demand);
        inboundTls = new ServerTlsFactory(identities);
        inbound = new InboundPipeline(listeners, inboundTls::engine, parts.listener, parts.clock);
        inbound.covering(exposed::cover);
        tls = new ClientTlsFactory(identities, files);
        timers = new TimingWheel(parts.clock, parts.timers);
        okHttp = new OkHttpMesh(
                outbound, tls, timers, parts.clock, parts.readyTimeout.toNanos(), parts.throwing, parts.copies);
        plain = okHttp.client(new OkHttpClient());
        admin = parts.admin == null
                ? null
                : AdminServer.start(parts.admin.port(), new View(), parts.admin.calls(), parts.admin.executor());
    }

    /** A client of no application's, for adapters of other clients. */
    /** Made when it is asked for, because its libraries need not be there. */
    ReactorMesh reactor() {
        making.lock();
        try {
            ReactorMesh made = reactor;
            if (made == null) {
                made = new ReactorMesh(outbound, tls, timers, parts.clock, parts.readyTimeout.toNanos(), parts.waits);
                reactor = made;
                onClose.add(made::close);
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    OkHttpClient plain() {
        return plain;
    }

    boolean carries(URI address) {
        MeshSnapshot snapshot = snapshots.current();
        String authority = address.getRawAuthority();
        if (snapshot == null || authority == null) {
            return snapshot == null;
        }
        boolean secured = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secured ? 443 : 80;
        return Coverage.carries(snapshot, secured, port, authority.substring(authority.lastIndexOf('@') + 1));
    }

    /** Identity first: with a source that already has one, the first snapshot can be used at once. */
    boolean offersMutualTls(String host, int port) {
        MeshSnapshot snapshot = snapshots.current();
        return snapshot != null && Coverage.offersMutualTls(snapshot, host, port);
    }

    void start() {
        try {
            if (parts.identity != null) {
                parts.identity.start(this::accept);
            }
            parts.config.start(publisher::accept);
            var unused = parts.background.scheduleWithFixedDelay(
                    files::refresh, FILES_EVERY.toMillis(), FILES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (MeshConfigurationException e) {
            close();
            throw e;
        }
    }

    OutboundPipeline outbound() {
        return outbound;
    }

    /** From its first use on somebody may call this process, and sockets past the mesh are named. */
    InboundPipeline inbound() {
        if (called.compareAndSet(false, true)) {
            int own = adminPort();
            if (own >= 0) {
                exposed.cover(own);
            }
            var unused = parts.background.scheduleWithFixedDelay(
                    exposed::tell, SOCKETS_FIRST.toMillis(), SOCKETS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
        return inbound;
    }

    ServerTlsFactory inboundTls() {
        return inboundTls;
    }

    private Optional<List<String>> exposed() {
        return called.get()
                ? exposed.exposed()
                        .map(all -> all.stream().map(ExposedPorts::text).toList())
                : Optional.empty();
    }

    /** The port is meant to be reached without the mesh. */
    void leaveOpen(int port) {
        exposed.cover(port);
    }

    OkHttpMesh okHttp() {
        return okHttp;
    }

    void awaitReady(Duration limit) throws MeshNotReadyException, InterruptedException {
        long end = parts.clock.nanoTime() + limit.toNanos();
        if (snapshots.await(limit.toNanos()) == null) {
            throw new MeshNotReadyException(
                    "No complete mesh configuration within " + limit + ": " + publisher.progress());
        }
        publisher.settle();
        long left = Math.max(0, end - parts.clock.nanoTime());
        if (parts.identity != null && !firstIdentity.await(left, TimeUnit.NANOSECONDS)) {
            throw new MeshNotReadyException("No identity of this workload within " + limit);
        }
    }

    MeshState state() {
        Optional<WorkloadIdentity> identity = identities.current();
        return MeshState.of(
                publisher.published(),
                publisher.progress(),
                identity,
                parts.identity != null,
                exposed(),
                parts.clock.now());
    }

    /** The admin endpoint's port; -1 if there is none. */
    Optional<WorkloadIdentity> identity() {
        return identities.current();
    }

    int adminPort() {
        return admin == null ? -1 : admin.port();
    }

    private void applied(XdsResources resources) {
        updates = updates.after(resources, parts.clock.now());
    }

    private static KeySources keys(Parts parts) {
        DocumentFetcher fetcher =
                new DocumentFetcher(parts.fetchRule, (SSLSocketFactory) SSLSocketFactory.getDefault(), parts.clock);
        return new RemoteKeys(fetcher::fetch, parts.clock, parts.fetches);
    }

    private void accept(WorkloadIdentity identity) {
        identitySince = parts.clock.now();
        identities.publish(identity);
        firstIdentity.countDown();
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
        parts.config.close();
        publisher.close();
        parts.lookups.shutdown();
        parts.fetches.shutdownNow();
        if (parts.identity != null) {
            parts.identity.close();
        }
        okHttp.close();
        onClose.forEach(Runnable::run);
        if (parts.accessLog != null) {
            parts.accessLog.close();
        }
        parts.background.shutdownNow();
        parts.copies.shutdownNow();
        parts.waits.shutdownNow();
        if (parts.ownsTimers) {
            parts.timers.shutdown();
        }
    }

    /** What the admin endpoint sees. */
    private final class View implements AdminView {

        @Override
        public MeshClock clock() {
            return parts.clock;
        }

        @Override
        public ResourceUpdates updates() {
            return updates;
        }

        @Override
        public Optional<MeshSnapshot> snapshot() {
            return Optional.ofNullable(snapshots.current());
        }

        @Override
        public Optional<Identity> identity() {
            return identities.current().map(held -> new Identity(held, identitySince));
        }

        @Override
        public boolean ready() {
            return state().health() != MeshState.Health.DOWN;
        }

        @Override
        public Explanation explain(MeshRequest request) {
            return outbound.explain(request);
        }
    }

    /**
     * Where the admin endpoint is to be.
     *
     * @param port 0 takes a free one
     * @param executor shut down with it
     * @param calls what it shows of them
     */
    record Admin(int port, ExecutorService executor, ObservedCalls calls) {}

    /**
     * What the builder was given.
     *
     * @param identity null if the workload has none
     * @param listener null if nobody listens
     * @param admin null if there is no admin endpoint
     * @param accessLog one of the listeners, to be closed; null if there is none
     * @param policies what the application asks of its own calls
     * @param ownsTimers whether the mesh shuts the timers down
     * @param copies sends copies of requests, the mesh's own
     * @param background runs what may wait for a disk; the mesh's own
     */
    record Parts(
            ConfigSource config,
            @Nullable IdentitySource identity,
            @Nullable MeshListener listener,
            @Nullable Admin admin,
            @Nullable AccessLog accessLog,
            MeshClock clock,
            RandomGenerator chance,
            ScheduledExecutorService timers,
            boolean ownsTimers,
            ScheduledExecutorService background,
            ExecutorService copies,
            ExecutorService waits,
            CallerPlace caller,
            NameResolver resolver,
            ExecutorService lookups,
            Duration readyTimeout,
            boolean throwing,
            LocalPolicies policies,
            BeyondEnvoy beyond,
            FetchRule fetchRule,
            ExecutorService fetches) {}
}

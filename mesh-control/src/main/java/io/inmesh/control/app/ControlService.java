package io.inmesh.control.app;

import io.inmesh.api.fetch.DocumentFetcher;
import io.inmesh.api.identity.Pem;
import io.inmesh.control.config.ConfigChange;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.ConfigSource;
import io.inmesh.control.config.FolderSource;
import io.inmesh.control.config.KeyAddress;
import io.inmesh.control.config.Pod;
import io.inmesh.control.config.RequestAuthentication;
import io.inmesh.control.config.Resource;
import io.inmesh.control.config.ServiceAccount;
import io.inmesh.control.config.SharedState;
import io.inmesh.control.config.WorkloadEntry;
import io.inmesh.control.config.WorkloadEntryFile;
import io.inmesh.control.config.WorkloadGroup;
import io.inmesh.control.config.kubernetes.KubernetesDuties;
import io.inmesh.control.config.kubernetes.KubernetesSource;
import io.inmesh.control.jwks.KeyDocuments;
import io.inmesh.control.jwks.KeyFiles;
import io.inmesh.control.push.AutoRegistration;
import io.inmesh.control.push.Debouncer;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.PushCounts;
import io.inmesh.control.push.StreamStatus;
import io.inmesh.control.serve.AdminPages;
import io.inmesh.control.serve.AdminPort;
import io.inmesh.control.serve.AdsService;
import io.inmesh.control.serve.CallerAuthenticator;
import io.inmesh.control.serve.ControlMetrics;
import io.inmesh.control.serve.DebugPages;
import io.inmesh.control.serve.GrpcPort;
import io.inmesh.control.serve.TokenAuthenticator;
import io.inmesh.control.serve.ca.BootstrapTokens;
import io.inmesh.control.serve.ca.CaSettings;
import io.inmesh.control.serve.ca.MeshCa;
import io.inmesh.control.state.MeshSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;

/**
 * A running control service: watches a folder, translates, serves ADS, certificates and debug pages. Everything is wired here and
 * nowhere else. Thread-safe.
 */
public final class ControlService implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ControlService.class.getName());
    private static final Duration QUIET = Duration.ofMillis(10);
    private static final Duration LATEST = Duration.ofMillis(100);
    private static final int PUSH_THREADS = 4;
    private static final int FETCH_THREADS = 4;

    /** Istio's, so that pods need no other projected token. */
    private static final String TOKEN_AUDIENCE = "istio-ca";

    private final MeshSettings settings;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(daemon("inmesh-state"));
    private final ScheduledExecutorService watcher =
            Executors.newSingleThreadScheduledExecutor(daemon("inmesh-config"));
    private final ExecutorService workers = Executors.newFixedThreadPool(PUSH_THREADS, daemon("inmesh-push"));
    private final ExecutorService fetchers = Executors.newFixedThreadPool(FETCH_THREADS, daemon("inmesh-fetch"));
    private final ScheduledExecutorService elections = Executors.newScheduledThreadPool(2, daemon("inmesh-duties"));
    private final ExecutorService admin = Executors.newFixedThreadPool(2, daemon("inmesh-admin"));
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Hub hub;
    private final DebugPages pages;
    private final AutoRegistration registration;
    private final Debouncer debouncer;
    private final MeshCa ca;
    private final KeyDocuments keys;
    private final AtomicReference<ConfigChange> pending = new AtomicReference<>(ConfigChange.NOTHING);
    private final ConfigSource source;
    private final Optional<KubernetesDuties> duties;
    private int plaintextPort = -1;
    private int securePort = -1;
    private int adminPort = -1;

    private ControlService(ControlServiceBuilder builder, Path state) throws IOException {
        List<CallerAuthenticator> tokens = List.of();
        KubernetesSource kubernetes = null;
        if (builder.config != null) {
            source = new FolderSource(builder.config, Optional.of(state.resolve("last-good")), watcher);
        } else {
            kubernetes = KubernetesSource.connect(builder.kubernetesSettings());
            source = kubernetes;
        }
        settings = builder.settings.startingWith(builder.settings.chosen(source.meshConfigs()));
        if (kubernetes != null) {
            tokens = List.of(new TokenAuthenticator(
                    kubernetes.tokenReviewer(TOKEN_AUDIENCE), settings.trustDomain(), builder.clock));
        }
        CaSettings authority = CaSettings.of(settings.trustDomain(), state)
                .withServerNames(builder.serverNames)
                .withDevelopment(builder.development)
                .withLifetimes(builder.lifetimes);
        Optional<SharedState> shared = kubernetes == null ? Optional.empty() : kubernetes.sharedState(builder.clock);
        if (shared.isPresent()) {
            authority = authority.withShared(shared.get());
        }
        ca = MeshCa.open(
                builder.pluggedIn == null ? authority : authority.withPluggedIn(builder.pluggedIn),
                builder.clock,
                tokens);
        duties = kubernetes == null ? Optional.empty() : Optional.of(kubernetes.duties(builder.clock, elections));
        hub = new Hub(settings, builder.clock, workers);
        pages = new DebugPages(source::snapshot, hub);
        debouncer = new Debouncer(QUIET, LATEST, builder.clock, scheduler, this::push);
        registration = new AutoRegistration(
                builder.clock, Optional.of(new WorkloadEntryFile(state.resolve("workloads.yaml"))), debouncer::change);
        keys = new KeyDocuments(
                fetcher(builder)::fetch,
                new KeyFiles(state.resolve("jwks")),
                builder.clock,
                fetchers,
                debouncer::change);
    }

    private static DocumentFetcher fetcher(ControlServiceBuilder builder) {
        return new DocumentFetcher(builder.fetchRule, (SSLSocketFactory) SSLSocketFactory.getDefault(), builder.clock);
    }

    /** Only policies that ask for keys decide what is fetched. */
    private void watchKeys(ConfigChange change) {
        boolean touched = change.upserted().values().stream().anyMatch(RequestAuthentication.class::isInstance)
                || change.gone().stream().anyMatch(id -> id.startsWith("RequestAuthentication "));
        if (touched) {
            keys.watch(keyAddresses(source.snapshot()));
        }
    }

    private static List<KeyAddress> keyAddresses(ConfigSnapshot snapshot) {
        return snapshot.of(RequestAuthentication.class).stream()
                .flatMap(policy -> policy.rules().stream())
                .flatMap(rule -> rule.address().stream())
                .toList();
    }

    /** Settings of a new control service. */
    public static ControlServiceBuilder builder() {
        return new ControlServiceBuilder();
    }

    static ControlService start(ControlServiceBuilder builder, Path state) throws IOException {
        Files.createDirectories(state);
        ControlService service = new ControlService(builder, state);
        boolean started = false;
        try {
            service.open(builder);
            started = true;
            return service;
        } finally {
            if (!started) {
                service.close();
            }
        }
    }

    private void open(ControlServiceBuilder builder) throws IOException {
        InetAddress bind = builder.bind != null
                ? builder.bind
                : builder.development ? InetAddress.getLoopbackAddress() : new InetSocketAddress(0).getAddress();
        if (builder.securePort >= 0) {
            GrpcPort port = GrpcPort.secure(
                    new InetSocketAddress(bind, builder.securePort), ca.securePort(), List.of(ads(true)), workers);
            parts.push(port);
            securePort = port.port();
        }
        if (builder.plaintextPort >= 0) {
            GrpcPort port = GrpcPort.plaintext(
                    new InetSocketAddress(bind, builder.plaintextPort), List.of(ads(false)), workers);
            parts.push(port);
            plaintextPort = port.port();
        }
        if (builder.adminPort >= 0) {
            AdminPort port = AdminPort.start(
                    new InetSocketAddress(bind, builder.adminPort),
                    new AdminPages(
                                    source::snapshot,
                                    hub,
                                    pages,
                                    new ControlMetrics(source::snapshot, hub, ca::counts),
                                    builder.development ? Optional.empty() : Optional.of(ca.authenticator()))
                            .byPath(),
                    admin);
            parts.push(port);
            adminPort = port.port();
        }
        parts.push(source);
        source.start(this::changed);
        var unusedTicks = scheduler.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
        var unusedTurns = elections.scheduleWithFixedDelay(this::doDuties, 1, 1, TimeUnit.SECONDS);
    }

    private AdsService ads(boolean identityRequired) {
        return new AdsService(hub, registration, settings, this::group, pages, identityRequired);
    }

    private Optional<WorkloadGroup> group(String namespace, String name) {
        return hub.inspect(context -> context.workloadGroup(namespace, name));
    }

    private void changed(ConfigChange change) {
        pending.accumulateAndGet(change, ConfigChange::then);
        debouncer.change();
    }

    /** On the scheduler's thread. A state that misses something is never served before a complete one was. */
    private void push() {
        ConfigSnapshot first = hub.complete() ? ConfigSnapshot.EMPTY : source.snapshot();
        if (!first.complete()) {
            LOG.log(Level.ERROR, "not ready: " + first.problems());
            return;
        }
        ConfigChange change = pending.getAndSet(ConfigChange.NOTHING);
        try {
            issueTokens(change);
            watchKeys(change);
            hub.push(context -> {
                context.change(change.upserted(), change.gone());
                context.register(registration.entries());
                context.keys(keys.current());
            });
        } catch (RuntimeException bug) {
            // Whatever it is, clients keep what they have, and this thread goes on.
            LOG.log(Level.ERROR, "the state cannot be translated, the last one stays", bug);
            return;
        }
        ready.countDown();
    }

    private void tick() {
        registration.expire();
        hub.tidy();
        keys.tick();
        try {
            ca.renewIfDue();
        } catch (IOException later) {
            LOG.log(Level.WARNING, "bootstrap tokens cannot be written: " + later);
        }
    }

    private void doDuties() {
        duties.ifPresent(due -> {
            due.roots(Pem.certificates(ca.trustBundle()));
            try {
                due.look();
            } catch (RuntimeException bug) {
                // The executor would silently stop for ever.
                LOG.log(Level.ERROR, "a duty of the one that leads failed", bug);
            }
        });
    }

    private void issueTokens(ConfigChange change) {
        if (ca.bootstrapTokens().isEmpty()) {
            return;
        }
        BootstrapTokens tokens = ca.bootstrapTokens().get();
        for (Resource resource : change.upserted().values()) {
            String account = accountOf(resource);
            if (!account.isEmpty()) {
                try {
                    tokens.issue(resource.meta().namespace(), account);
                } catch (IOException later) {
                    LOG.log(Level.WARNING, "a bootstrap token cannot be written: " + later);
                }
            }
        }
    }

    private static String accountOf(Resource resource) {
        if (resource instanceof ServiceAccount account) {
            return account.meta().name();
        } else if (resource instanceof Pod pod) {
            return pod.serviceAccount();
        } else if (resource instanceof WorkloadGroup group) {
            return group.template().serviceAccount();
        }
        return resource instanceof WorkloadEntry entry ? entry.spec().serviceAccount() : "";
    }

    /** Waits for the first complete state. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return ready.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The port of ADS and certificates; -1 if there is none. */
    public int securePort() {
        return securePort;
    }

    /** The port of ADS without TLS; -1 if there is none. */
    public int plaintextPort() {
        return plaintextPort;
    }

    /** The port of debug pages; -1 if there is none. */
    public int adminPort() {
        return adminPort;
    }

    /** The configuration as it is now, with its problems. */
    public ConfigSnapshot config() {
        return source.snapshot();
    }

    /** The connected clients. */
    public List<StreamStatus> clients() {
        return hub.statuses();
    }

    /** What pushes have cost so far. */
    public PushCounts pushCounts() {
        return hub.counts();
    }

    /** The trust bundle as a PEM file. */
    public Path rootFile() {
        return ca.rootFile();
    }

    /**
     * The file with a bootstrap token of a service account; in development only.
     *
     * @throws IllegalStateException outside of development
     */
    public Path bootstrapToken(String namespace, String serviceAccount) throws IOException {
        return ca.bootstrapTokens()
                .orElseThrow(() -> new IllegalStateException("bootstrap tokens are for development only"))
                .issue(namespace, serviceAccount);
    }

    /** Returns when the process is told to end; the process waits until this service is closed. */
    void runUntilShutdown() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            awaitClosed();
        }));
        stop.await();
    }

    private void awaitClosed() {
        try {
            if (!closed.await(10, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "ended before all ports were closed");
            }
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception broken) {
                LOG.log(Level.WARNING, "a part did not close: " + broken);
            }
        }
        List.of(watcher, scheduler, elections, workers, fetchers, admin).forEach(ExecutorService::shutdownNow);
        closed.countDown();
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}

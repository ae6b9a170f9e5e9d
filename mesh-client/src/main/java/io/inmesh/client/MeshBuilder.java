package io.inmesh.client;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.fetch.FetchRule;
import io.inmesh.api.spi.IdentitySource;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.NameResolver;
import io.inmesh.client.adapter.dns.DnsNames;
import io.inmesh.client.admin.ObservedCalls;
import io.inmesh.client.compile.CallerPlace;
import io.inmesh.client.pipeline.BeyondEnvoy;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.security.FileIdentitySource;
import io.inmesh.client.telemetry.AccessLog;
import io.inmesh.client.telemetry.AccessLogFormat;
import io.inmesh.client.telemetry.AccessLogOutput;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.state.ConfigSource;
import io.inmesh.xds.state.FileConfigSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Mesh} together. What is not set has a default that suits a service. Not thread-safe. */
public final class MeshBuilder {

    private static final int NO_PORT = -1;
    private static final int LAST_PORT = 65_535;
    private static final int ADMIN_THREADS = 2;
    private static final int COPY_THREADS = 16;
    private static final int COPIES_WAITING = 256;
    private static final int CALLS_WAITING = 10_000;
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(10);

    private @Nullable ConfigSource config;
    private @Nullable IdentitySource identity;
    private @Nullable Path identityDirectory;
    private final List<MeshListener> listeners = new ArrayList<>();
    private MeshClock clock = MeshClock.system();
    private RandomGenerator chance = () -> ThreadLocalRandom.current().nextLong();
    private @Nullable ScheduledExecutorService executor;
    private @Nullable String address;
    private @Nullable Locality locality;
    private @Nullable NameResolver resolver;
    private Duration readyTimeout = READY_TIMEOUT;
    private FetchRule fetchRule = FetchRule.PUBLIC;
    private boolean throwing;
    private boolean retrySafety = true;
    private boolean deadlines = true;
    private int adminPort = NO_PORT;
    private @Nullable AccessLogFormat accessLog;
    private @Nullable Path accessLogFile;
    private CallGuards guards = CallGuards.none();
    private boolean faults;

    MeshBuilder() {}

    /** Where policies and endpoints come from. The mesh closes it. */
    public MeshBuilder config(ConfigSource source) {
        if (config != null) {
            throw new MeshConfigurationException("A mesh has one source of configuration; two were given");
        }
        config = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Configuration from a folder with {@code Cluster.pb}, {@code Listener.pb}, {@code RouteConfiguration.pb} and
     * {@code ClusterLoadAssignment.pb}: serialised xDS answers of a control service.
     */
    public MeshBuilder files(Path folder) {
        return config(new FileConfigSource(folder));
    }

    /** Where the workload's identity comes from. The mesh closes it. Without one, clusters that require mutual TLS cannot be called. */
    public MeshBuilder identity(IdentitySource source) {
        identity = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * An identity from a directory that somebody else keeps: {@code key.pem}, {@code cert-chain.pem} and {@code root-cert.pem}, looked at every
     * few seconds.
     */
    public MeshBuilder identityFiles(Path directory) {
        identityDirectory = Objects.requireNonNull(directory, "directory");
        return this;
    }

    /** Hears of every call, besides those added before. */
    public MeshBuilder listener(MeshListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Time; the machine's own by default. */
    public MeshBuilder clock(MeshClock time) {
        clock = Objects.requireNonNull(time, "time");
        return this;
    }

    /** Chance, for weights, faults and picks; thread-safe. By default each thread's own. */
    public MeshBuilder random(RandomGenerator random) {
        chance = Objects.requireNonNull(random, "random");
        return this;
    }

    /** Runs timers; what they run never blocks. Its owner shuts it down. By default one daemon thread of the mesh's own. */
    public MeshBuilder executor(ScheduledExecutorService timers) {
        executor = Objects.requireNonNull(timers, "timers");
        return this;
    }

    /** This process' address, where consistent hashing by source address chooses by it. By default that of a network interface. */
    public MeshBuilder address(String own) {
        address = Objects.requireNonNull(own, "own");
        return this;
    }

    /**
     * Where this process runs, for clusters that prefer the caller's own zone. By default it is the place of the instance with {@link
     * #address} among the workload's own, which the control service tells to a node with {@code ENABLE_SELF_DISCOVERY}. Without such a list
     * zones do not count.
     */
    public MeshBuilder locality(String region, String zone, String subZone) {
        locality = new Locality(region, zone, subZone);
        return this;
    }

    /**
     * Finds the addresses of endpoints that are names. By default the name servers of {@code /etc/resolv.conf} are asked, which tell how long
     * an answer holds; the JDK finds what they do not know.
     */
    public MeshBuilder nameResolver(NameResolver names) {
        resolver = Objects.requireNonNull(names, "names");
        return this;
    }

    /**
     * Lets keys of token issuers that xDS names by address be fetched from addresses that are not on the public network. Nothing else is
     * ever fetched from those.
     */
    public MeshBuilder allowKeysFrom(Predicate<InetAddress> addresses) {
        fetchRule = FetchRule.publicAnd(Objects.requireNonNull(addresses, "addresses"));
        return this;
    }

    /** How long a call waits for the first complete configuration; 10 seconds by default. */
    public MeshBuilder readyTimeout(Duration limit) {
        readyTimeout = Objects.requireNonNull(limit, "limit");
        return this;
    }

    /**
     * Whether retries are safer than Envoy's; on by default. A cluster for which the operator has set no retry budget has one: retries add
     * at most 20 % to its calls in the long run, with a hundred in hand for the death of a host. And where a route allows retries, a
     * call of an idempotent method is made again after any broken connection, which Istio's default conditions do not cover.
     */
    public MeshBuilder retrySafety(boolean on) {
        retrySafety = on;
        return this;
    }

    /** Whether what is left of an inbound request's time bounds the calls made for it ({@link io.inmesh.api.spi.Deadline}); on by default. */
    public MeshBuilder deadlines(boolean on) {
        deadlines = on;
        return this;
    }

    /**
     * Throws a {@link io.inmesh.api.error.LocalReplyException} where the mesh would otherwise answer in the upstream's place with what
     * Envoy answers. Direct responses and redirects of a route stay responses.
     */
    public MeshBuilder throwLocalReplies() {
        throwing = true;
        return this;
    }

    /** Makes the breakers and limits that policies of the application's own ask for; by default there is nobody to make them. */
    public MeshBuilder guards(CallGuards maker) {
        guards = Objects.requireNonNull(maker, "maker");
        return this;
    }

    /** Lets policies of the application's own inject faults into its calls; for tests. */
    public MeshBuilder allowFaults() {
        faults = true;
        return this;
    }

    /**
     * Opens an admin endpoint on the loopback interface, shaped as Envoy's: {@code /config_dump}, {@code /clusters}, {@code /stats},
     * {@code /mesh/explain} and others, which {@code /} lists. Off by default, because everybody on the machine can read it.
     *
     * @param port 0 takes a free one, see {@link Mesh#adminPort}
     */
    public MeshBuilder adminPort(int port) {
        if (port < 0 || port > LAST_PORT) {
            throw new MeshConfigurationException("An admin port is 0 to " + LAST_PORT + ", not " + port);
        }
        adminPort = port;
        return this;
    }

    /** Writes a line for every call, on either side, to the standard output. Off by default. */
    public MeshBuilder accessLog(AccessLogFormat format) {
        accessLog = Objects.requireNonNull(format, "format");
        accessLogFile = null;
        return this;
    }

    /** Writes a line for every call, on either side, to the end of a file. */
    public MeshBuilder accessLog(AccessLogFormat format, Path file) {
        accessLog = Objects.requireNonNull(format, "format");
        accessLogFile = Objects.requireNonNull(file, "file");
        return this;
    }

    /**
     * Starts the sources. With neither configuration nor identity the mesh passes everything through.
     *
     * @throws MeshConfigurationException if a setting cannot take effect
     */
    public Mesh build() {
        ConfigSource source = config;
        if (identity != null && identityDirectory != null) {
            throw new MeshConfigurationException("A mesh has one source of identities; two were given");
        }
        if (source == null) {
            if (identity != null || identityDirectory != null) {
                throw new MeshConfigurationException(
                        "A mesh with an identity but no source of configuration would protect nothing: set config or files");
            }
            return new Mesh(null);
        }
        List<MeshListener> hearing = new ArrayList<>(listeners);
        AccessLog log = accessLog == null ? null : openAccessLog(accessLog);
        if (log != null) {
            hearing.add(log);
        }
        Wiring.Admin admin =
                adminPort == NO_PORT ? null : new Wiring.Admin(adminPort, adminThreads(), ObservedCalls.since(clock));
        if (admin != null) {
            hearing.addAll(admin.calls().listeners());
        }
        ScheduledExecutorService timers = executor == null ? ownThread("inmesh-timers") : executor;
        Wiring wiring = new Wiring(new Wiring.Parts(
                source,
                identityDirectory == null
                        ? identity
                        : new FileIdentitySource(identityDirectory, clock, ownThread("inmesh-identity")),
                Listeners.of(hearing),
                admin,
                log,
                clock,
                chance,
                timers,
                executor == null,
                ownThread("inmesh-background"),
                threads("inmesh-mirrors", COPIES_WAITING, new ThreadPoolExecutor.DiscardPolicy()),
                threads("inmesh-waits", CALLS_WAITING, new ThreadPoolExecutor.AbortPolicy()),
                new CallerPlace(address == null ? OwnAddress.find() : address, locality),
                resolver == null ? DnsNames.system(clock, new SecureRandom()) : resolver,
                ownThread("inmesh-names"),
                readyTimeout,
                throwing,
                new LocalPolicies(guards, chance, faults),
                new BeyondEnvoy(retrySafety, deadlines),
                fetchRule,
                ownThread("inmesh-keys")));
        wiring.start();
        return new Mesh(wiring);
    }

    private AccessLog openAccessLog(AccessLogFormat format) {
        AccessLogOutput output =
                accessLogFile == null ? AccessLogOutput.to(System.out) : AccessLogOutput.file(accessLogFile);
        return new AccessLog(format, output, ownThread("inmesh-access-log"), clock, AccessLog.DEFAULT_CAPACITY);
    }

    private static ExecutorService adminThreads() {
        return new ThreadPoolExecutor(
                ADMIN_THREADS, ADMIN_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "inmesh-admin");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Mirrors are fire and forget, and no more than a few fires at a time: what finds no room is dropped. */
    /** Threads that block with calls, and end when there are none. */
    private static ExecutorService threads(String name, int waiting, RejectedExecutionHandler otherwise) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                COPY_THREADS,
                COPY_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waiting),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                otherwise);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ScheduledExecutorService ownThread(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}

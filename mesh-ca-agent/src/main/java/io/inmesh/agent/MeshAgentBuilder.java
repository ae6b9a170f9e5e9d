package io.inmesh.agent;

import io.grpc.CallCredentials;
import io.inmesh.agent.ads.AdsClient;
import io.inmesh.agent.ads.AdsSource;
import io.inmesh.agent.ads.DemandClient;
import io.inmesh.agent.ads.DemandSettings;
import io.inmesh.agent.ads.Node;
import io.inmesh.agent.connect.AgentContext;
import io.inmesh.agent.connect.Channels;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.agent.connect.NettyChannels;
import io.inmesh.agent.connect.TokenFile;
import io.inmesh.agent.identity.CaClient;
import io.inmesh.agent.identity.FileIdentity;
import io.inmesh.agent.identity.KeptIdentity;
import io.inmesh.agent.identity.KeyAlgorithm;
import io.inmesh.agent.identity.RootsWatch;
import io.inmesh.agent.identity.RotatingIdentity;
import io.inmesh.agent.identity.RotationSchedule;
import io.inmesh.agent.identity.RotationSettings;
import io.inmesh.agent.sds.LocalIdentity;
import io.inmesh.agent.sds.SecretService;
import io.inmesh.agent.sds.UnixSocket;
import io.inmesh.agent.store.IdentityStore;
import io.inmesh.agent.store.ResourceStore;
import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link MeshAgent}; what is not set is as in Istio. Not thread-safe. */
public final class MeshAgentBuilder {

    private @Nullable ControlAddress control;
    private @Nullable String namespace;
    private @Nullable String serviceAccount;
    private @Nullable String name;
    private @Nullable String ip;
    private @Nullable Path tokenFile;
    private @Nullable Path stateDirectory;
    private TrustDomain trustDomain = new TrustDomain("cluster.local");
    private String domain = "cluster.local";
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, Object> metadata = new HashMap<>();
    private Node.Locality locality = Node.Locality.UNKNOWN;
    private Duration certificateLife = Duration.ofHours(24);
    private @Nullable Path identityFiles;
    private @Nullable Path workloadApi;
    private @Nullable Path secretSocket;
    private @Nullable Path served;
    private OptionalInt servedUser = OptionalInt.empty();
    private KeyAlgorithm keyAlgorithm = KeyAlgorithm.EC_P256;
    private boolean persistKey = true;
    private @Nullable DemandSettings demand;

    MeshAgentBuilder() {}

    /** Where the control service is. Needed. */
    public MeshAgentBuilder controlService(ControlAddress address) {
        control = address;
        return this;
    }

    /** Who the workload is: its namespace and service account. Needed. */
    public MeshAgentBuilder workload(String inNamespace, String account) {
        namespace = inNamespace;
        serviceAccount = account;
        return this;
    }

    /** The instance's name, in Kubernetes the pod's; else {@code POD_NAME}, else service account and process id. */
    public MeshAgentBuilder instance(String instanceName) {
        name = instanceName;
        return this;
    }

    /** The instance's address; else the first one of this machine that is not a loopback address. */
    public MeshAgentBuilder ip(String address) {
        ip = address;
        return this;
    }

    /** One of the instance's labels, by which policies select it. */
    public MeshAgentBuilder label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    /** One key of Istio's node metadata, such as {@code AUTO_REGISTER_GROUP}. */
    public MeshAgentBuilder metadata(String key, Object value) {
        metadata.put(key, value);
        return this;
    }

    public MeshAgentBuilder locality(String region, String zone, String subZone) {
        locality = new Node.Locality(region, zone, subZone);
        return this;
    }

    /** The trust domain of the workload's identity; else {@code cluster.local}. */
    public MeshAgentBuilder trustDomain(String trusted) {
        trustDomain = new TrustDomain(trusted);
        return this;
    }

    /** The DNS domain of the cluster; else {@code cluster.local}. */
    public MeshAgentBuilder domain(String clusterDomain) {
        domain = clusterDomain;
        return this;
    }

    /** A file with a bearer token, read again for every call; without one only a certificate on disk proves who the workload is. */
    public MeshAgentBuilder tokenFile(Path file) {
        tokenFile = file;
        return this;
    }

    /** Where identity and last good resources are kept; without it a restart needs the control service. */
    public MeshAgentBuilder stateDirectory(Path directory) {
        stateDirectory = directory;
        return this;
    }

    /** Whether the private key is kept in the state directory, too; else only resources are. */
    public MeshAgentBuilder persistKey(boolean keep) {
        persistKey = keep;
        return this;
    }

    /** The life to ask for; the CA may give less. */
    public MeshAgentBuilder certificateLife(Duration life) {
        certificateLife = life;
        return this;
    }

    /**
     * Takes the identity from a directory that somebody else keeps - {@code key.pem}, {@code cert-chain.pem}, {@code root-cert.pem} - instead of
     * the control service's CA; looked at every few seconds.
     */
    public MeshAgentBuilder identityFiles(Path directory) {
        identityFiles = directory;
        return this;
    }

    /**
     * Takes the identity from SPIRE's agent, or any other SPIFFE Workload API, at a Unix socket, instead of asking the control service for
     * one.
     */
    public MeshAgentBuilder workloadApi(Path socket) {
        workloadApi = socket;
        return this;
    }

    /** Takes the identity from this machine's agent, at the Unix socket where that serves it to this workload. */
    public MeshAgentBuilder secretSocket(Path socket) {
        secretSocket = socket;
        return this;
    }

    /**
     * Serves the workload's identity at a Unix socket by Envoy's secret discovery.
     *
     * @param user the one user id that may connect; empty for the user of this process alone
     */
    public MeshAgentBuilder serveSecrets(Path socket, OptionalInt user) {
        served = socket;
        servedUser = user;
        return this;
    }

    public MeshAgentBuilder keyAlgorithm(KeyAlgorithm algorithm) {
        keyAlgorithm = algorithm;
        return this;
    }

    /**
     * Holds only the hosts that are called, and these always: the first call of any other waits for its routes. A control service that does not
     * serve hosts one by one, such as istiod, is followed in full.
     *
     * @param warmHosts {@code <port>/<host>}
     */
    public MeshAgentBuilder onDemand(String... warmHosts) {
        demand = DemandSettings.standard(Set.of(warmHosts));
        return this;
    }

    /**
     * Makes the agent; it connects when its sources are started.
     *
     * @throws MeshConfigurationException if something needed is missing or the state directory cannot be used
     */
    public MeshAgent build() {
        ControlAddress address = needed(control, "controlService");
        Node node = node();
        SpiffeId id = SpiffeId.of(trustDomain, node.namespace(), node.serviceAccount());
        Stores stores = stores(node);
        ScheduledThreadPoolExecutor executor = executor("mesh-agent");
        ThreadPoolExecutor disk = executor("mesh-agent-disk");
        AgentContext context = new AgentContext(MeshClock.system(), RandomGenerator.getDefault(), executor, disk);
        Optional<CallCredentials> token = Optional.ofNullable(tokenFile).map(TokenFile::new);
        Channels channels = new NettyChannels(address, token);
        List<MeshAgent.Closing> parts = new ArrayList<>();
        KeptIdentity identity = identity(id, address, context, new CaClient(channels), stores, parts);
        AdsSource ads = ads(node, context, channels, identity, stores);
        if (served != null) {
            parts.add(serve(served, identity));
        }
        return new MeshAgent(ads, identity, parts, executor, disk);
    }

    private AdsSource ads(Node node, AgentContext context, Channels channels, KeptIdentity identity, Stores stores) {
        Supplier<AdsClient> full = () -> new AdsClient(node, context, channels, identity::usable, stores.resources);
        return demand == null
                ? full.get()
                : new DemandClient(
                        node.with("INMESH_ON_DEMAND", "true"), context, channels, identity::usable, demand, full);
    }

    private KeptIdentity identity(
            SpiffeId id,
            ControlAddress address,
            AgentContext context,
            CaClient ca,
            Stores stores,
            List<MeshAgent.Closing> parts) {
        if (identityFiles != null) {
            return new FileIdentity(id, identityFiles, context);
        } else if (workloadApi != null) {
            return LocalIdentity.workloadApi(workloadApi, context);
        } else if (secretSocket != null) {
            return LocalIdentity.secretDiscovery(secretSocket, context);
        }
        RotationSettings settings = new RotationSettings(id, certificateLife, keyAlgorithm, RotationSchedule.STANDARD);
        RotatingIdentity rotating = new RotatingIdentity(settings, context, ca, stores.identity);
        address.tls().ifPresent(trust -> {
            RootsWatch roots = new RootsWatch(trust.rootFile(), context, rotating::rootsPublished);
            roots.start();
            parts.add(roots::close);
        });
        return rotating;
    }

    private MeshAgent.Closing serve(Path socket, KeptIdentity identity) {
        SecretService secrets = new SecretService();
        try {
            UnixSocket port = UnixSocket.listen(socket, servedUser, secrets);
            identity.start(secrets::publish);
            return port::close;
        } catch (IOException e) {
            throw new MeshConfigurationException("No secrets can be served at " + socket + ": " + e.getMessage(), e);
        }
    }

    private Node node() {
        String account = needed(serviceAccount, "workload");
        String instance = Optional.ofNullable(name)
                .or(() -> Optional.ofNullable(System.getenv("POD_NAME")))
                .orElseGet(() -> account + "-" + ProcessHandle.current().pid());
        String address = Optional.ofNullable(ip).orElseGet(LocalAddress::find);
        return new Node(instance, needed(namespace, "workload"), account, address, domain, labels, locality, metadata);
    }

    private Stores stores(Node node) {
        if (stateDirectory == null) {
            return new Stores(Optional.empty(), Optional.empty());
        }
        try {
            IdentityStore identity = new IdentityStore(PrivateDirectory.open(stateDirectory.resolve("identity")));
            if (!persistKey) {
                identity.clear();
            }
            // The instance's name changes with every start; what it may see does not.
            String owner = node.namespace() + "/" + node.serviceAccount() + "/" + trustDomain;
            ResourceStore resources =
                    new ResourceStore(PrivateDirectory.open(stateDirectory.resolve("resources")), owner);
            return new Stores(persistKey ? Optional.of(identity) : Optional.empty(), Optional.of(resources));
        } catch (IOException e) {
            throw new MeshConfigurationException("The state directory cannot be used: " + e.getMessage(), e);
        }
    }

    private static ScheduledThreadPoolExecutor executor(String threadName) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // gRPC tells the end of a stream after we have gone.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    private static <T> T needed(@Nullable T value, String setting) {
        if (value == null) {
            throw new MeshConfigurationException("A mesh agent needs " + setting + "(...)");
        }
        return value;
    }

    private record Stores(Optional<IdentityStore> identity, Optional<ResourceStore> resources) {}
}

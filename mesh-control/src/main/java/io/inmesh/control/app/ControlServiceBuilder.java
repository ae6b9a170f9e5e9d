package io.inmesh.control.app;

import io.inmesh.api.fetch.FetchRule;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.kubernetes.KubernetesSettings;
import io.inmesh.control.serve.ca.LeafLifetimes;
import io.inmesh.control.state.MeshSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a control service. Only the folder of state and a source of configuration are required. A port of 0 is a free one, of -1 is none. Not thread-safe.
 */
public final class ControlServiceBuilder {

    @Nullable
    Path config;

    boolean kubernetes;

    @Nullable
    Path kubeconfig;

    @Nullable
    Path state;

    MeshSettings settings = MeshSettings.DEFAULT;
    MeshClock clock = MeshClock.system();
    FetchRule fetchRule = FetchRule.PUBLIC;

    @Nullable
    InetAddress bind;

    @Nullable
    Path pluggedIn;

    LeafLifetimes lifetimes = LeafLifetimes.ISTIO;
    int plaintextPort = -1;
    int securePort = 15_012;
    int adminPort = 15_014;
    boolean development;
    String caSecret = KubernetesSettings.STATE_SECRET;
    String rootConfigMap = KubernetesSettings.ROOT_CONFIG_MAP;
    String identity = UUID.randomUUID().toString();
    List<String> serverNames = List.of();

    ControlServiceBuilder() {}

    /** The folder of YAML that is watched. */
    public ControlServiceBuilder config(Path folder) {
        this.config = folder;
        return this;
    }

    /** Kubernetes instead of a folder, found as its tools do: the pod's own account, {@code KUBECONFIG}, {@code ~/.kube/config}. */
    public ControlServiceBuilder kubernetes() {
        this.kubernetes = true;
        return this;
    }

    /** Kubernetes instead of a folder, by this file. */
    public ControlServiceBuilder kubernetes(Path kubeconfigFile) {
        this.kubernetes = true;
        this.kubeconfig = kubeconfigFile;
        return this;
    }

    /**
     * With Kubernetes, the Secret with the CA's root in the control service's own namespace; {@code inmesh-ca} if it is not set. If it is
     * empty the root is in the folder of state, for a single control service.
     */
    public ControlServiceBuilder caSecret(String name) {
        this.caSecret = name;
        return this;
    }

    /** With Kubernetes, the ConfigMap with the trust bundle in every namespace; {@code inmesh-ca-root-cert} if it is not set, empty for none. */
    public ControlServiceBuilder rootConfigMap(String name) {
        this.rootConfigMap = name;
        return this;
    }

    /** Tells replicas apart, such as the pod's name. */
    public ControlServiceBuilder identity(String name) {
        this.identity = name;
        return this;
    }

    /** Further names and addresses that clients call the control service by. */
    public ControlServiceBuilder serverNames(List<String> names) {
        this.serverNames = List.copyOf(names);
        return this;
    }

    /** The folder for the CA's root, last good files, registered workloads and, in development, bootstrap tokens. */
    public ControlServiceBuilder state(Path folder) {
        this.state = folder;
        return this;
    }

    /** The root of trust; {@code cluster.local} if it is not set. */
    public ControlServiceBuilder trustDomain(String name) {
        settings = settings.withTrustDomain(new TrustDomain(name), settings.trustDomainAliases());
        return this;
    }

    /** Other names of the same root of trust, Istio's {@code trustDomainAliases}; a policy that names one means all of them. */
    public ControlServiceBuilder trustDomainAliases(String... names) {
        settings = settings.withTrustDomain(
                settings.trustDomain(), Stream.of(names).map(TrustDomain::new).toList());
        return this;
    }

    /**
     * Lets keys of token issuers be fetched from addresses that are not on the public network, such as those of services of the cluster.
     * Nothing else is ever fetched from them, whatever a RequestAuthentication names.
     */
    public ControlServiceBuilder allowKeysFrom(Predicate<InetAddress> addresses) {
        fetchRule = FetchRule.publicAnd(Objects.requireNonNull(addresses, "addresses"));
        return this;
    }

    /** The namespace whose policies hold everywhere; {@code istio-system} if it is not set. */
    public ControlServiceBuilder rootNamespace(String name) {
        settings = settings.withRootNamespace(name);
        return this;
    }

    /** Whether calls to hosts that no one declared pass through, Istio's ALLOW_ANY, which is the default. */
    public ControlServiceBuilder allowAny(boolean allow) {
        settings = settings.withAllowAny(allow);
        return this;
    }

    /**
     * A folder with an intermediate authority in the layout of Istio's {@code cacerts} secret; changes are taken over. If it is not set the
     * mesh has a root of its own in the folder of state.
     */
    public ControlServiceBuilder pluggedInAuthority(Path folder) {
        this.pluggedIn = folder;
        return this;
    }

    /** How long certificates live; Istio's day, and 90 days at most, if it is not set. */
    public ControlServiceBuilder certificateLife(Duration standard, Duration longest) {
        this.lifetimes = new LeafLifetimes(standard, longest);
        return this;
    }

    /** The address to listen on; in development loopback, otherwise all, if it is not set. */
    public ControlServiceBuilder bind(InetAddress address) {
        this.bind = address;
        return this;
    }

    /** ADS without TLS, for development only: there a client is who it says it is. */
    public ControlServiceBuilder plaintextPort(int port) {
        this.plaintextPort = port;
        return this;
    }

    /** ADS and the certificate service. */
    public ControlServiceBuilder securePort(int port) {
        this.securePort = port;
        return this;
    }

    /** Debug pages, readiness and metrics. */
    public ControlServiceBuilder adminPort(int port) {
        this.adminPort = port;
        return this;
    }

    /** Allows bootstrap tokens and the plaintext port. */
    public ControlServiceBuilder development(boolean allowed) {
        this.development = allowed;
        return this;
    }

    /** The clock of everything that is not a socket. */
    public ControlServiceBuilder clock(MeshClock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    KubernetesSettings kubernetesSettings() {
        return new KubernetesSettings(
                Optional.ofNullable(kubeconfig),
                settings.rootNamespace(),
                identity,
                pluggedIn == null ? caSecret : "",
                rootConfigMap);
    }

    /**
     * Opens the ports and begins to watch.
     *
     * @throws IOException if a port or folder cannot be used
     * @throws IllegalStateException if a folder is missing, or a plaintext port is asked for outside of development
     */
    public ControlService start() throws IOException {
        if ((config == null) != kubernetes || state == null) {
            throw new IllegalStateException(
                    "the folder of state is required, and either a folder of configuration or Kubernetes");
        }
        if (plaintextPort >= 0 && !development) {
            throw new IllegalStateException("a plaintext port believes every caller: it is for development only");
        }
        return ControlService.start(this, state);
    }
}

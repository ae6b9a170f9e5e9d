package io.inmesh.control.state;

import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.ConnectionPool.H2Upgrade;
import io.inmesh.control.config.ConnectionPool.Keepalive;
import io.inmesh.control.config.LocalityBalancing;
import io.inmesh.control.config.MeshConfig;
import io.inmesh.control.config.MeshConfig.AccessLog;
import io.inmesh.control.config.MeshConfig.Exports;
import io.inmesh.control.config.MeshConfig.GatewayTopology;
import io.inmesh.control.config.MeshConfig.OutboundMode;
import io.inmesh.control.config.MeshConfig.PathNormalization;
import io.inmesh.control.config.MeshConfig.TlsVersion;
import io.inmesh.control.config.Meta;
import io.inmesh.control.config.Retries;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds for the whole mesh: Istio's defaults, what flags say, and over both what a MeshConfig writes.
 *
 * @param trustDomainAliases other names of the same root of trust: a policy that names one means all of them
 * @param rootNamespace policies in it hold everywhere
 * @param clusterDomain the end of Kubernetes' service names
 * @param allowAny whether calls to unknown hosts pass through
 * @param calls what holds for calls where nothing else says otherwise
 * @param exports who sees what does not say who sees it
 * @param listeners what holds for whatever listens
 */
public record MeshSettings(
        TrustDomain trustDomain,
        List<TrustDomain> trustDomainAliases,
        String rootNamespace,
        String clusterDomain,
        boolean allowAny,
        Calls calls,
        Exports exports,
        Listening listeners) {

    /** Istio's defaults. */
    public static final MeshSettings DEFAULT = new MeshSettings(
            new TrustDomain("cluster.local"),
            List.of(),
            "istio-system",
            "cluster.local",
            true,
            new Calls(
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    Duration.ofSeconds(60),
                    H2Upgrade.DEFAULT,
                    true,
                    LocalityBalancing.DEFAULT,
                    Optional.empty()),
            new Exports(List.of(), List.of(), List.of()),
            new Listening(
                    Optional.empty(),
                    PathNormalization.BASE,
                    TlsVersion.TLSV1_2,
                    new GatewayTopology(0, Optional.empty())));

    /**
     * Of calls.
     *
     * @param connectTimeout where no DestinationRule says otherwise
     * @param automaticMtls whether endpoints that can take mutual TLS get it without a DestinationRule
     * @param retries of routes that write none; empty for Istio's own
     */
    public record Calls(
            Duration connectTimeout,
            Optional<Keepalive> keepalive,
            Duration dnsRefreshRate,
            H2Upgrade h2Upgrade,
            boolean automaticMtls,
            LocalityBalancing locality,
            Optional<Retries> retries) {

        private Calls with(MeshConfig config) {
            MeshConfig.Traffic written = config.traffic();
            return new Calls(
                    written.connectTimeout().orElse(connectTimeout),
                    written.keepalive().or(() -> keepalive),
                    written.dnsRefreshRate().orElse(dnsRefreshRate),
                    written.h2Upgrade() == H2Upgrade.DEFAULT ? h2Upgrade : written.h2Upgrade(),
                    config.trust().automaticMtls().orElse(automaticMtls),
                    written.locality().orElse(locality),
                    written.retries().or(() -> retries));
        }
    }

    /**
     * Of listeners.
     *
     * @param minimumTls of mutual TLS between workloads
     * @param gateways what stands before gateways
     */
    public record Listening(
            Optional<AccessLog> accessLog,
            PathNormalization pathNormalization,
            TlsVersion minimumTls,
            GatewayTopology gateways) {

        private Listening with(MeshConfig config) {
            return new Listening(
                    config.accessLog().or(() -> accessLog),
                    config.pathNormalization()
                            .filter(written -> written != PathNormalization.DEFAULT)
                            .orElse(pathNormalization),
                    config.trust()
                            .minimumTls()
                            .filter(written -> written != TlsVersion.TLS_AUTO)
                            .orElse(minimumTls),
                    config.gatewayTopology());
        }
    }

    public MeshSettings {
        trustDomainAliases = List.copyOf(trustDomainAliases);
    }

    /** The name of the root of trust, and then its aliases. */
    public List<String> trustDomains() {
        return Stream.concat(Stream.of(trustDomain), trustDomainAliases.stream())
                .map(TrustDomain::name)
                .distinct()
                .toList();
    }

    public MeshSettings withTrustDomain(TrustDomain domain, List<TrustDomain> aliases) {
        return new MeshSettings(domain, aliases, rootNamespace, clusterDomain, allowAny, calls, exports, listeners);
    }

    public MeshSettings withRootNamespace(String namespace) {
        return new MeshSettings(
                trustDomain, trustDomainAliases, namespace, clusterDomain, allowAny, calls, exports, listeners);
    }

    public MeshSettings withAllowAny(boolean allow) {
        return new MeshSettings(
                trustDomain, trustDomainAliases, rootNamespace, clusterDomain, allow, calls, exports, listeners);
    }

    /** What a MeshConfig writes in the place of what is here, but for the trust domain: identities have that from the start on. */
    public MeshSettings with(MeshConfig config) {
        List<TrustDomain> aliases = config.trust().trustDomainAliases();
        return new MeshSettings(
                trustDomain,
                aliases.isEmpty() ? trustDomainAliases : aliases,
                config.trust().rootNamespace().orElse(rootNamespace),
                clusterDomain,
                config.traffic()
                        .unknownHosts()
                        .map(mode -> mode == OutboundMode.ALLOW_ANY)
                        .orElse(allowAny),
                calls.with(config),
                config.exports(),
                listeners.with(config));
    }

    /** The same for a service that starts: of the trust domain that a MeshConfig writes. */
    public MeshSettings startingWith(Optional<MeshConfig> config) {
        return config.flatMap(written -> written.trust().trustDomain())
                .map(domain -> withTrustDomain(domain, trustDomainAliases))
                .orElse(this);
    }

    /** The one that counts: of the kind MeshConfig, else of the root namespace a ConfigMap, ours before Istio's. */
    public Optional<MeshConfig> chosen(List<MeshConfig> written) {
        return written.stream()
                .filter(config -> rank(config.meta()) > 0)
                .max(Comparator.comparingInt(config -> rank(config.meta())));
    }

    private int rank(Meta meta) {
        if (meta.kind().equals("MeshConfig")) {
            return 3;
        }
        // Whoever may write a ConfigMap somewhere must not thereby rule the mesh.
        boolean ours = meta.namespace().equals(rootNamespace);
        return !ours ? 0 : meta.name().equals("inmesh") ? 2 : 1;
    }
}

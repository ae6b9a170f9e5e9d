package io.inmesh.control.state;

import io.inmesh.api.identity.TrustDomain;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What holds for the whole mesh; Istio's MeshConfig, with its defaults.
 *
 * @param trustDomainAliases other names of the same root of trust: a policy that names one means all of them
 * @param rootNamespace policies in it hold everywhere
 * @param clusterDomain the end of Kubernetes' service names
 * @param allowAny whether calls to unknown hosts pass through
 * @param connectTimeout where no DestinationRule says otherwise
 */
public record MeshSettings(
        TrustDomain trustDomain,
        List<TrustDomain> trustDomainAliases,
        String rootNamespace,
        String clusterDomain,
        boolean allowAny,
        Duration connectTimeout) {

    /** Istio's defaults. */
    public static final MeshSettings DEFAULT = new MeshSettings(
            new TrustDomain("cluster.local"), List.of(), "istio-system", "cluster.local", true, Duration.ofSeconds(10));

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
        return new MeshSettings(domain, aliases, rootNamespace, clusterDomain, allowAny, connectTimeout);
    }

    public MeshSettings withRootNamespace(String namespace) {
        return new MeshSettings(trustDomain, trustDomainAliases, namespace, clusterDomain, allowAny, connectTimeout);
    }

    public MeshSettings withAllowAny(boolean allow) {
        return new MeshSettings(trustDomain, trustDomainAliases, rootNamespace, clusterDomain, allow, connectTimeout);
    }
}

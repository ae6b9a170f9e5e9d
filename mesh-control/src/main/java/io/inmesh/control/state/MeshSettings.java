package io.inmesh.control.state;

import io.inmesh.api.identity.TrustDomain;
import java.time.Duration;

/**
 * What holds for the whole mesh; Istio's MeshConfig, with its defaults.
 *
 * @param rootNamespace policies in it hold everywhere
 * @param clusterDomain the end of Kubernetes' service names
 * @param allowAny whether calls to unknown hosts pass through
 * @param connectTimeout where no DestinationRule says otherwise
 */
public record MeshSettings(
        TrustDomain trustDomain,
        String rootNamespace,
        String clusterDomain,
        boolean allowAny,
        Duration connectTimeout) {

    /** Istio's defaults. */
    public static final MeshSettings DEFAULT = new MeshSettings(
            new TrustDomain("cluster.local"), "istio-system", "cluster.local", true, Duration.ofSeconds(10));
}

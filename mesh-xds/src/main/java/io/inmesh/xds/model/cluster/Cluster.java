package io.inmesh.xds.model.cluster;

import io.inmesh.xds.model.Metadata;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named set of endpoints with all that governs calls to them; Envoy's defaults are filled in.
 *
 * @param name Istio's are {@code outbound|<port>|<subset>|<host>}
 * @param connectTimeout 5 seconds by default
 * @param outlierDetection null if hosts are never ejected
 * @param tcpKeepalive null if off
 * @param metadata {@link Metadata#istioConfig()} names the DestinationRule
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto">Envoy, Cluster</a>
 */
public record Cluster(
        String name,
        Discovery discovery,
        Duration connectTimeout,
        LbPolicy lbPolicy,
        CommonLb commonLb,
        CircuitBreakers circuitBreakers,
        @Nullable OutlierDetection outlierDetection,
        HttpProtocolOptions httpProtocolOptions,
        UpstreamTransport transport,
        @Nullable TcpKeepalive tcpKeepalive,
        Metadata metadata) {

    public Cluster {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A cluster has a name");
        }
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(lbPolicy, "lbPolicy");
        Objects.requireNonNull(commonLb, "commonLb");
        Objects.requireNonNull(circuitBreakers, "circuitBreakers");
        Objects.requireNonNull(httpProtocolOptions, "httpProtocolOptions");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(metadata, "metadata");
    }
}

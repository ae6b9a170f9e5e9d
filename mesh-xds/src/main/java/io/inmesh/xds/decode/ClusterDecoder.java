package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Clusters;
import io.inmesh.xds.envoy.Clusters.EdsClusterConfig;
import io.inmesh.xds.envoy.Clusters.UpstreamConnectionOptions;
import io.inmesh.xds.envoy.CoreAddress;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.Discovery.Dns;
import io.inmesh.xds.model.cluster.Discovery.FailureRate;
import io.inmesh.xds.model.cluster.Discovery.LookupFamily;
import io.inmesh.xds.model.cluster.TcpKeepalive;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Cluster}. */
final class ClusterDecoder {

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private ClusterDecoder() {}

    static Cluster decode(Fields fields) {
        return new Cluster(
                fields.get(Clusters.Cluster.NAME),
                discovery(fields),
                fields.or(Clusters.Cluster.CONNECT_TIMEOUT, DEFAULT_CONNECT_TIMEOUT),
                LbPolicyDecoder.decode(fields),
                fields.nestedOr(Clusters.Cluster.COMMON_LB_CONFIG, CommonLb.DEFAULT, LbPolicyDecoder::common),
                fields.nestedOr(
                        Clusters.Cluster.CIRCUIT_BREAKERS, CircuitBreakers.DEFAULT, ResilienceDecoder::circuitBreakers),
                fields.nestedOrNull(Clusters.Cluster.OUTLIER_DETECTION, ResilienceDecoder::outlierDetection),
                HttpProtocolDecoder.decode(fields),
                TlsDecoder.transport(fields),
                tcpKeepalive(fields),
                fields.nestedOr(Clusters.Cluster.METADATA, Metadata.EMPTY, CommonDecoder::metadata));
    }

    private static Discovery discovery(Fields fields) {
        if (fields.unrecognised(Clusters.Cluster.DISCOVERY_TYPE)) {
            return new Discovery.Unsupported("type");
        } else if (!fields.has(Clusters.Cluster.DISCOVERY_TYPE) && fields.hasOther("cluster_type")) {
            return new Discovery.Unsupported("cluster_type");
        }
        return switch (fields.get(Clusters.Cluster.DISCOVERY_TYPE)) {
            case EDS -> new Discovery.Eds(serviceName(fields));
            case STATIC -> new Discovery.Static(endpoints(fields));
            case STRICT_DNS -> new Discovery.StrictDns(endpoints(fields), dns(fields));
            case LOGICAL_DNS -> new Discovery.LogicalDns(endpoints(fields), dns(fields));
            case ORIGINAL_DST -> new Discovery.OriginalDst();
        };
    }

    private static String serviceName(Fields fields) {
        String own = fields.get(Clusters.Cluster.NAME);
        return fields.nestedOr(Clusters.Cluster.EDS_CLUSTER_CONFIG, own, eds -> {
            // There is one stream for everything, whatever the source says.
            eds.ignore(EdsClusterConfig.EDS_CONFIG);
            String name = eds.get(EdsClusterConfig.SERVICE_NAME);
            return name.isEmpty() ? own : name;
        });
    }

    private static ClusterLoadAssignment endpoints(Fields fields) {
        ClusterLoadAssignment none = new ClusterLoadAssignment(
                fields.get(Clusters.Cluster.NAME),
                List.of(),
                ClusterLoadAssignment.DEFAULT_OVERPROVISIONING_FACTOR,
                false);
        return fields.nestedOr(Clusters.Cluster.LOAD_ASSIGNMENT, none, EndpointDecoder::decode);
    }

    private static Dns dns(Fields fields) {
        return new Dns(
                fields.or(Clusters.Cluster.DNS_REFRESH_RATE, Dns.DEFAULT.refreshRate()),
                fields.or(Clusters.Cluster.DNS_JITTER, Duration.ZERO),
                fields.nestedOrNull(Clusters.Cluster.DNS_FAILURE_REFRESH_RATE, ClusterDecoder::failureRate),
                fields.get(Clusters.Cluster.RESPECT_DNS_TTL),
                switch (fields.get(Clusters.Cluster.DNS_LOOKUP_FAMILY)) {
                    case AUTO -> LookupFamily.AUTO;
                    case V4_ONLY -> LookupFamily.V4_ONLY;
                    case V6_ONLY -> LookupFamily.V6_ONLY;
                    case V4_PREFERRED -> LookupFamily.V4_PREFERRED;
                    case ALL -> LookupFamily.ALL;
                });
    }

    private static FailureRate failureRate(Fields fields) {
        Duration base = fields.or(Clusters.RefreshRate.BASE_INTERVAL, Dns.DEFAULT.refreshRate());
        return new FailureRate(base, fields.or(Clusters.RefreshRate.MAX_INTERVAL, base.multipliedBy(10)));
    }

    private static @Nullable TcpKeepalive tcpKeepalive(Fields fields) {
        return fields.nestedOrNull(
                Clusters.Cluster.UPSTREAM_CONNECTION_OPTIONS,
                options -> options.nestedOrNull(UpstreamConnectionOptions.TCP_KEEPALIVE, ClusterDecoder::keepalive));
    }

    private static TcpKeepalive keepalive(Fields fields) {
        Long time = fields.orNull(CoreAddress.TcpKeepalive.KEEPALIVE_TIME);
        Long interval = fields.orNull(CoreAddress.TcpKeepalive.KEEPALIVE_INTERVAL);
        return new TcpKeepalive(
                fields.orNull(CoreAddress.TcpKeepalive.KEEPALIVE_PROBES),
                time == null ? null : Duration.ofSeconds(time),
                interval == null ? null : Duration.ofSeconds(interval));
    }
}

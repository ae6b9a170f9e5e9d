package io.inmesh.client.compile;

import io.inmesh.api.spi.Workload;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.balance.EndpointSet;
import io.inmesh.client.balance.LoadBalancer;
import io.inmesh.client.balance.LocalCluster;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One cluster and its load assignment in, one run-time cluster out. */
final class ClusterCompiler {

    private static final ClusterLoadAssignment NO_ENDPOINTS =
            new ClusterLoadAssignment("", List.of(), ClusterLoadAssignment.DEFAULT_OVERPROVISIONING_FACTOR, false);

    private final HostRegistry registry;
    private final RandomGenerator chance;

    ClusterCompiler(HostRegistry registry, RandomGenerator chance) {
        this.registry = registry;
        this.chance = chance;
    }

    Compiled<ClusterSource, UpstreamCluster> compile(ClusterSource source) {
        try {
            return compiled(source);
        } catch (IllegalArgumentException e) {
            Finding refused = new Finding("cluster " + source.cluster().name(), "", String.valueOf(e.getMessage()));
            return new Compiled<>(source, null, List.of(), refused);
        }
    }

    private Compiled<ClusterSource, UpstreamCluster> compiled(ClusterSource source) {
        Cluster cluster = source.cluster();
        ClusterState state = registry.cluster(cluster.name());
        EndpointSet endpoints = Endpoints.of(cluster, source.endpoints(), state);
        List<Host> hosts = endpoints.endpoints().stream().map(Endpoint::host).toList();
        UpstreamCluster compiled = new UpstreamCluster(
                cluster,
                state,
                new LoadBalancer(endpoints, cluster, state, source.callers()),
                new Admission(state, cluster.circuitBreakers().defaultPriority()),
                new Admission(state, cluster.circuitBreakers().highPriority()),
                cluster.outlierDetection() == null
                        ? null
                        : new OutlierDetector(
                                cluster.outlierDetection(),
                                state,
                                hosts,
                                chance,
                                ErrorCompiler.compile(
                                        cluster.httpProtocolOptions().errors())),
                originalDestination(cluster, state),
                Services.of(cluster));
        return new Compiled<>(source, compiled, ClusterFindings.of(cluster, source.callers()), null);
    }

    private static @Nullable Endpoint originalDestination(Cluster cluster, ClusterState state) {
        if (!(cluster.discovery() instanceof Discovery.OriginalDst)) {
            return null;
        }
        // One state for all addresses: what the application calls by itself is unbounded, and Istio sets no limits on
        // it.
        LbEndpoint description =
                new LbEndpoint(new SocketAddress("0.0.0.0", 0), "", LbEndpoint.HealthStatus.UNKNOWN, 1, Metadata.EMPTY);
        return new Endpoint(
                state.host("original_dst"),
                description,
                0,
                Locality.UNKNOWN,
                cluster.transport().defaultSocket(),
                Workload.UNKNOWN);
    }

    /**
     * All that a run-time cluster is made of.
     *
     * @param callers null where it is not known who calls from where
     */
    record ClusterSource(
            Cluster cluster,
            ClusterLoadAssignment endpoints,
            @Nullable LocalCluster callers) {

        static ClusterSource of(
                Cluster cluster, Map<String, ClusterLoadAssignment> byName, @Nullable LocalCluster callers) {
            return new ClusterSource(cluster, endpoints(cluster, byName), callers);
        }

        private static ClusterLoadAssignment endpoints(Cluster cluster, Map<String, ClusterLoadAssignment> byName) {
            Discovery discovery = cluster.discovery();
            if (discovery instanceof Discovery.Eds eds) {
                String name = eds.serviceName().isEmpty() ? cluster.name() : eds.serviceName();
                return byName.getOrDefault(name, NO_ENDPOINTS);
            }
            if (discovery instanceof Discovery.Static fixed) {
                return fixed.endpoints();
            }
            if (discovery instanceof Discovery.StrictDns dns) {
                return dns.endpoints();
            }
            return discovery instanceof Discovery.LogicalDns dns ? dns.endpoints() : NO_ENDPOINTS;
        }
    }
}

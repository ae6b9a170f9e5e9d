package io.inmesh.benchmarks.sim;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.MetadataValue;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.HttpProtocolOptions;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.cluster.UpstreamTransport;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.ResourceSet;
import io.inmesh.xds.state.XdsResources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A cluster as our compiler makes it from what a control service would send. */
final class Service {

    private static final String NAME = "simulated";

    private Service() {}

    /** How endpoints are chosen. */
    enum Policy {
        ROUND_ROBIN,
        LEAST_REQUEST,
        PEAK_EWMA
    }

    static UpstreamCluster of(
            Policy policy, int hosts, CircuitBreakers breakers, MeshClock clock, RandomGenerator chance) {
        HostRegistry registry = new HostRegistry(clock, chance);
        XdsResources resources = new XdsResources(
                set(Map.of(NAME, cluster(policy, breakers))),
                set(Map.of(NAME, endpoints(hosts))),
                set(Map.of()),
                set(Map.of()));
        return Objects.requireNonNull(new OutboundCompiler(registry, chance)
                .compile(resources, Compilation.nothing())
                .snapshot()
                .cluster(NAME));
    }

    private static Cluster cluster(Policy policy, CircuitBreakers breakers) {
        MetadataValue.Struct ewma =
                new MetadataValue.Struct(Map.of("loadBalancer", new MetadataValue.Text(Policy.PEAK_EWMA.name())));
        return new Cluster(
                NAME,
                new Discovery.Eds(NAME),
                Duration.ofSeconds(1),
                policy == Policy.ROUND_ROBIN ? new LbPolicy.RoundRobin(null) : new LbPolicy.LeastRequest(2, 1.0, null),
                new CommonLb(0, new CommonLb.LocalityMode.None()),
                breakers,
                null,
                HttpProtocolOptions.DEFAULT,
                UpstreamTransport.RAW,
                null,
                policy == Policy.PEAK_EWMA ? new Metadata(Map.of("inmesh", ewma)) : Metadata.EMPTY);
    }

    private static ClusterLoadAssignment endpoints(int hosts) {
        List<LbEndpoint> endpoints = IntStream.range(0, hosts)
                .mapToObj(i -> new LbEndpoint(
                        new SocketAddress("10." + (i >> 16) + "." + ((i >> 8) & 255) + "." + (i & 255), 8080),
                        "",
                        LbEndpoint.HealthStatus.HEALTHY,
                        1,
                        Metadata.EMPTY))
                .toList();
        return new ClusterLoadAssignment(
                NAME, List.of(new LocalityLbEndpoints(Locality.UNKNOWN, 0, hosts, endpoints)), 140, false);
    }

    private static <T> ResourceSet<T> set(Map<String, T> byName) {
        return new ResourceSet<>("1", true, byName, Map.of(), List.of(), Set.of());
    }
}

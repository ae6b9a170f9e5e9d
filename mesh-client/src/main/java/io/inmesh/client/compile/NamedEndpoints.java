package io.inmesh.client.compile;

import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.cluster.Discovery.LookupFamily;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.ResourceSet;
import io.inmesh.xds.state.XdsResources;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The clusters whose endpoints are names: which names, and the same configuration with addresses in their place. Pure. */
public final class NamedEndpoints {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private NamedEndpoints() {}

    /** The names to look up; where clusters share one, the settings of whoever asks most often. */
    public static Map<String, Discovery.Dns> of(XdsResources resources) {
        Map<String, Discovery.Dns> names = new HashMap<>();
        for (Cluster cluster : resources.clusters().byName().values()) {
            if (cluster.discovery() instanceof Discovery.StrictDns strict) {
                collect(strict.endpoints(), strict.dns(), names);
            } else if (cluster.discovery() instanceof Discovery.LogicalDns logical) {
                collect(logical.endpoints(), logical.dns(), names);
            }
        }
        return names;
    }

    private static void collect(
            ClusterLoadAssignment endpoints, Discovery.Dns settings, Map<String, Discovery.Dns> names) {
        endpoints.endpoints().stream()
                .flatMap(group -> group.endpoints().stream())
                .map(endpoint -> endpoint.address().host())
                .filter(host -> !LITERAL.matcher(host).matches())
                .forEach(name -> names.merge(name, settings, NamedEndpoints::sooner));
    }

    private static Discovery.Dns sooner(Discovery.Dns one, Discovery.Dns other) {
        return one.refreshRate().compareTo(other.refreshRate()) <= 0 ? one : other;
    }

    /**
     * The configuration with an endpoint for each address of a strict name, and one for the first address of a logical one. A name without
     * an address is no endpoint.
     */
    public static XdsResources resolved(XdsResources resources, Function<String, List<InetAddress>> addresses) {
        if (resources.clusters().byName().values().stream().noneMatch(NamedEndpoints::named)) {
            return resources;
        }
        Map<String, Cluster> clusters = new LinkedHashMap<>();
        resources.clusters().byName().forEach((name, cluster) -> clusters.put(name, resolved(cluster, addresses)));
        ResourceSet<Cluster> set = resources.clusters();
        return new XdsResources(
                new ResourceSet<>(
                        set.version(),
                        set.received(),
                        clusters,
                        set.unsupported(),
                        set.rejections(),
                        set.givenUp(),
                        set.wire()),
                resources.loadAssignments(),
                resources.listeners(),
                resources.routeConfigurations());
    }

    private static boolean named(Cluster cluster) {
        return cluster.discovery() instanceof Discovery.StrictDns
                || cluster.discovery() instanceof Discovery.LogicalDns;
    }

    private static Cluster resolved(Cluster cluster, Function<String, List<InetAddress>> addresses) {
        if (cluster.discovery() instanceof Discovery.StrictDns strict) {
            return with(
                    cluster,
                    new Discovery.StrictDns(
                            resolved(
                                    strict.endpoints(),
                                    found -> ofFamily(found, strict.dns().lookupFamily()),
                                    addresses),
                            strict.dns()));
        } else if (cluster.discovery() instanceof Discovery.LogicalDns logical) {
            return with(
                    cluster,
                    new Discovery.LogicalDns(
                            resolved(
                                    logical.endpoints(),
                                    found -> ofFamily(found, logical.dns().lookupFamily()).stream()
                                            .limit(1)
                                            .toList(),
                                    addresses),
                            logical.dns()));
        }
        return cluster;
    }

    private static Cluster with(Cluster cluster, Discovery discovery) {
        return new Cluster(
                cluster.name(),
                discovery,
                cluster.connectTimeout(),
                cluster.lbPolicy(),
                cluster.commonLb(),
                cluster.circuitBreakers(),
                cluster.outlierDetection(),
                cluster.httpProtocolOptions(),
                cluster.transport(),
                cluster.tcpKeepalive(),
                cluster.metadata());
    }

    private static ClusterLoadAssignment resolved(
            ClusterLoadAssignment named,
            UnaryOperator<List<InetAddress>> chosen,
            Function<String, List<InetAddress>> addresses) {
        List<LocalityLbEndpoints> groups = named.endpoints().stream()
                .map(group -> new LocalityLbEndpoints(
                        group.locality(),
                        group.priority(),
                        group.weight(),
                        group.endpoints().stream()
                                .flatMap(endpoint -> endpoints(endpoint, chosen, addresses))
                                .toList()))
                .toList();
        return new ClusterLoadAssignment(
                named.clusterName(), groups, named.overprovisioningFactor(), named.weightedPriorityHealth());
    }

    private static Stream<LbEndpoint> endpoints(
            LbEndpoint named, UnaryOperator<List<InetAddress>> chosen, Function<String, List<InetAddress>> addresses) {
        String host = named.address().host();
        if (LITERAL.matcher(host).matches()) {
            return Stream.of(named);
        }
        return chosen.apply(addresses.apply(host)).stream()
                .map(address -> new LbEndpoint(
                        new SocketAddress(
                                address.getHostAddress(), named.address().port()),
                        named.hostname().isEmpty() ? host : named.hostname(),
                        named.health(),
                        named.weight(),
                        named.metadata()));
    }

    private static List<InetAddress> ofFamily(List<InetAddress> all, LookupFamily family) {
        List<InetAddress> four =
                all.stream().filter(Inet4Address.class::isInstance).toList();
        List<InetAddress> six = all.stream()
                .filter(address -> !(address instanceof Inet4Address))
                .toList();
        return switch (family) {
            case ALL -> all;
            case V4_ONLY -> four;
            case V6_ONLY -> six;
            case V4_PREFERRED -> four.isEmpty() ? six : four;
            case AUTO -> six.isEmpty() ? four : six;
        };
    }
}

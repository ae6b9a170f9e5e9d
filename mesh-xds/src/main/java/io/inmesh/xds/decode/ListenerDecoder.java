package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.HttpManagers;
import io.inmesh.xds.envoy.Listeners;
import io.inmesh.xds.envoy.Listeners.Filter;
import io.inmesh.xds.envoy.Listeners.TcpClusterWeight;
import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.listener.FilterChain;
import io.inmesh.xds.model.listener.FilterChainMatch;
import io.inmesh.xds.model.listener.FilterChainMatch.SourceType;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.Listener.TrafficDirection;
import io.inmesh.xds.model.listener.NetworkFilter;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.ClusterSpecifier.WeightedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code Listener}, {@code FilterChain} and network filters. */
final class ListenerDecoder {

    private static final Duration DEFAULT_TCP_IDLE_TIMEOUT = Duration.ofHours(1);

    private ListenerDecoder() {}

    static Listener decode(Fields fields) {
        // The newer way to choose a chain. By the older one a connection could get a chain that was not meant for it:
        // it gets none.
        boolean chosenOtherwise = fields.hasOther("filter_chain_matcher");
        return new Listener(
                fields.get(Listeners.Listener.NAME),
                switch (fields.get(Listeners.Listener.TRAFFIC_DIRECTION)) {
                    case UNSPECIFIED -> TrafficDirection.UNSPECIFIED;
                    case INBOUND -> TrafficDirection.INBOUND;
                    case OUTBOUND -> TrafficDirection.OUTBOUND;
                },
                fields.nestedOrNull(Listeners.Listener.ADDRESS, CommonDecoder::address),
                chosenOtherwise ? List.of() : fields.each(Listeners.Listener.FILTER_CHAINS, ListenerDecoder::chain),
                chosenOtherwise
                        ? null
                        : fields.nestedOrNull(Listeners.Listener.DEFAULT_FILTER_CHAIN, ListenerDecoder::chain),
                fields.or(Listeners.Listener.USE_ORIGINAL_DST, false),
                fields.or(Listeners.Listener.BIND_TO_PORT, true));
    }

    private static FilterChain chain(Fields fields) {
        return new FilterChain(
                fields.get(Listeners.FilterChain.NAME),
                fields.nestedOr(Listeners.FilterChain.FILTER_CHAIN_MATCH, FilterChainMatch.ANY, ListenerDecoder::match),
                fields.nested(Listeners.FilterChain.TRANSPORT_SOCKET, TlsDecoder::socket),
                fields.each(Listeners.FilterChain.FILTERS, ListenerDecoder::filter));
    }

    private static FilterChainMatch match(Fields fields) {
        return new FilterChainMatch(
                port(fields.orNull(Listeners.FilterChainMatch.DESTINATION_PORT)),
                fields.each(Listeners.FilterChainMatch.PREFIX_RANGES, CommonDecoder::cidrRange),
                fields.get(Listeners.FilterChainMatch.SERVER_NAMES),
                fields.get(Listeners.FilterChainMatch.TRANSPORT_PROTOCOL),
                fields.get(Listeners.FilterChainMatch.APPLICATION_PROTOCOLS),
                fields.each(Listeners.FilterChainMatch.DIRECT_SOURCE_PREFIX_RANGES, CommonDecoder::cidrRange),
                switch (fields.get(Listeners.FilterChainMatch.SOURCE_TYPE)) {
                    case ANY -> SourceType.ANY;
                    case SAME_IP_OR_LOOPBACK -> SourceType.SAME_IP_OR_LOOPBACK;
                    case EXTERNAL -> SourceType.EXTERNAL;
                },
                fields.each(Listeners.FilterChainMatch.SOURCE_PREFIX_RANGES, CommonDecoder::cidrRange),
                fields.get(Listeners.FilterChainMatch.SOURCE_PORTS).stream()
                        .map(Long::intValue)
                        .collect(Collectors.toSet()));
    }

    private static @Nullable Integer port(@Nullable Long port) {
        return port == null ? null : port.intValue();
    }

    private static NetworkFilter filter(Fields fields) {
        String name = fields.get(Filter.NAME);
        Extension config = fields.extension(Filter.TYPED_CONFIG);
        if (config.holds(HttpManagers.HttpConnectionManager.TYPE)) {
            return config.decode(
                    HttpManagers.HttpConnectionManager.TYPE, manager -> HttpManagerDecoder.decode(name, manager));
        } else if (config.holds(Listeners.TcpProxy.TYPE)) {
            return config.decode(Listeners.TcpProxy.TYPE, proxy -> tcpProxy(name, proxy));
        } else if (config.holds(Rbacs.NetworkRbac.TYPE)) {
            return new NetworkFilter.NetworkRbac(name, config.decode(Rbacs.NetworkRbac.TYPE, RbacDecoder::network));
        }
        config.unsupported();
        return new NetworkFilter.Other(name, config.typeUrl(), FilterKinds.maySecure(config));
    }

    private static NetworkFilter tcpProxy(String name, Fields fields) {
        return new NetworkFilter.TcpProxy(
                name,
                tcpCluster(fields),
                fields.or(Listeners.TcpProxy.IDLE_TIMEOUT, DEFAULT_TCP_IDLE_TIMEOUT),
                fields.orNull(Listeners.TcpProxy.MAX_DOWNSTREAM_CONNECTION_DURATION));
    }

    private static ClusterSpecifier tcpCluster(Fields fields) {
        if (fields.has(Listeners.TcpProxy.CLUSTER)) {
            return new ClusterSpecifier.Single(fields.get(Listeners.TcpProxy.CLUSTER));
        } else if (fields.has(Listeners.TcpProxy.WEIGHTED_CLUSTERS)) {
            List<WeightedCluster> clusters = fields.nested(
                    Listeners.TcpProxy.WEIGHTED_CLUSTERS,
                    weighted -> weighted.each(
                            Listeners.WeightedCluster.CLUSTERS,
                            cluster -> new WeightedCluster(
                                    cluster.get(TcpClusterWeight.NAME),
                                    cluster.get(TcpClusterWeight.WEIGHT),
                                    HeaderMutations.NONE,
                                    Map.of(),
                                    null,
                                    Metadata.EMPTY)));
            return new ClusterSpecifier.Weighted(clusters);
        }
        return new ClusterSpecifier.Unsupported("cluster_specifier");
    }
}

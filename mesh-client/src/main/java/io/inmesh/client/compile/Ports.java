package io.inmesh.client.compile;

import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.PortRoutes;
import io.inmesh.client.route.RouteTable;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.xds.model.SocketAddress;
import io.inmesh.xds.model.listener.FilterChain;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.NetworkFilter;
import io.inmesh.xds.model.listener.RouteSpecifier;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.RouteConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What listeners say about ports: which route tables callers of a port meet, and what becomes of ports without any. In process nothing
 * listens; only this much of a listener counts.
 */
final class Ports {

    private static final String CATCH_ALL = "virtualOutbound";

    private final Map<Integer, Port> ports = new TreeMap<>();
    private final Map<String, RouteConfiguration> inline = new HashMap<>();
    private final List<Finding> unsupported = new ArrayList<>();
    private @Nullable String unmatchedCluster;

    private Ports() {}

    static Ports of(Collection<Listener> listeners) {
        Ports ports = new Ports();
        listeners.stream()
                .filter(listener -> listener.trafficDirection() != Listener.TrafficDirection.INBOUND)
                .sorted(Comparator.comparing(Listener::name))
                .forEach(ports::add);
        return ports;
    }

    private void add(Listener listener) {
        if (listener.name().equals(CATCH_ALL) || listener.useOriginalDst()) {
            unmatchedCluster = catchAllCluster(listener);
            return;
        }
        SocketAddress address = listener.address();
        if (address == null) {
            return;
        }
        for (FilterChain chain : chains(listener)) {
            chain.httpConnectionManager().ifPresent(manager -> add(listener, address, manager));
        }
    }

    private void add(Listener listener, SocketAddress address, HttpConnectionManager manager) {
        Port port = ports.computeIfAbsent(address.port(), fresh -> new Port());
        if (manager.pathNormalization().normalizePath()) {
            port.normalizesPaths();
        }
        if (manager.routes() instanceof RouteSpecifier.Rds rds) {
            port.add(rds.routeConfigName(), address.host());
        } else if (manager.routes() instanceof RouteSpecifier.Inline table) {
            inline.put(table.routeConfiguration().name(), table.routeConfiguration());
            port.add(table.routeConfiguration().name(), address.host());
        } else if (manager.routes() instanceof RouteSpecifier.Unsupported other) {
            unsupported.add(new Finding("listener " + listener.name(), other.field(), "not supported"));
        }
    }

    private static List<FilterChain> chains(Listener listener) {
        List<FilterChain> chains = new ArrayList<>(listener.filterChains());
        if (listener.defaultFilterChain() != null) {
            chains.add(listener.defaultFilterChain());
        }
        return chains;
    }

    private static @Nullable String catchAllCluster(Listener listener) {
        String cluster = null;
        for (FilterChain chain : chains(listener)) {
            for (NetworkFilter filter : chain.filters()) {
                if (chain.match().destinationPort() == null
                        && filter instanceof NetworkFilter.TcpProxy proxy
                        && proxy.cluster() instanceof ClusterSpecifier.Single single) {
                    cluster = single.cluster();
                }
            }
        }
        return cluster;
    }

    /** The route configurations that some port uses. */
    List<RouteConfiguration> tables(Map<String, RouteConfiguration> byName) {
        Set<String> used = new LinkedHashSet<>();
        ports.values().forEach(port -> used.addAll(port.tableNames()));
        List<RouteConfiguration> tables = new ArrayList<>();
        for (String name : used) {
            RouteConfiguration table = inline.getOrDefault(name, byName.get(name));
            if (table != null) {
                tables.add(table);
            }
        }
        return tables;
    }

    Map<Integer, PortRoutes> routes(
            Function<String, @Nullable RouteTable> tables, ServiceHosts hosts, Map<Integer, PortRoutes> last) {
        Map<Integer, PortRoutes> routes = new HashMap<>();
        ports.forEach((number, port) -> {
            PortRoutes fresh = port.routes(tables, hosts);
            PortRoutes old = last.get(number);
            routes.put(number, old != null && old.sameAs(fresh) ? old : fresh);
        });
        return routes;
    }

    /** A route for all that no port takes; null if no listener says where it goes. */
    @Nullable
    CompiledRoute unmatched(@Nullable CompiledRoute last) {
        if (unmatchedCluster == null) {
            return null;
        }
        if (last != null
                && last.target() instanceof RouteTarget.Forward forward
                && forward.clusters().shares().get(0).cluster().equals(unmatchedCluster)) {
            return last;
        }
        return RawRoutes.to(unmatchedCluster);
    }

    /** Whether what no port takes goes nowhere. */
    boolean refusesUnmatched() {
        return unmatchedCluster != null && !unmatchedCluster.equals(RawRoutes.PASS_THROUGH);
    }

    List<Finding> unsupported() {
        return unsupported;
    }
}

package io.inmesh.xds.state;

import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.Discovery;
import io.inmesh.xds.model.listener.FilterChain;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.NetworkFilter;
import io.inmesh.xds.model.listener.RouteSpecifier;
import io.inmesh.xds.model.route.ClusterSpecifier;
import io.inmesh.xds.model.route.Forward;
import io.inmesh.xds.model.route.RequestMirrorPolicy;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which resources name which others. */
final class References {

    private References() {}

    /** The route configurations that listeners ask RDS for. */
    static Set<String> routeConfigurations(XdsResources resources) {
        Set<String> names = new LinkedHashSet<>();
        connectionManagers(resources.listeners().byName().values())
                .map(HttpConnectionManager::routes)
                .forEach(routes -> {
                    if (routes instanceof RouteSpecifier.Rds rds) {
                        names.add(rds.routeConfigName());
                    }
                });
        return names;
    }

    /** The load assignments that clusters ask EDS for. */
    static Set<String> loadAssignments(XdsResources resources) {
        Set<String> names = new LinkedHashSet<>();
        for (Cluster cluster : resources.clusters().byName().values()) {
            if (cluster.discovery() instanceof Discovery.Eds eds) {
                names.add(eds.serviceName());
            }
        }
        return names;
    }

    /** The clusters that route configurations, listeners' own routes and TCP proxies lead to. */
    static Set<String> clusters(XdsResources resources) {
        Set<String> names = new LinkedHashSet<>();
        resources.routeConfigurations().byName().values().forEach(routes -> addClusters(names, routes));
        Collection<Listener> listeners = resources.listeners().byName().values();
        connectionManagers(listeners).map(HttpConnectionManager::routes).forEach(routes -> {
            if (routes instanceof RouteSpecifier.Inline inline) {
                addClusters(names, inline.routeConfiguration());
            }
        });
        filters(listeners).forEach(filter -> {
            if (filter instanceof NetworkFilter.TcpProxy proxy) {
                addClusters(names, proxy.cluster());
            }
        });
        return names;
    }

    /** The clusters that one route configuration leads to. */
    static Set<String> clusters(RouteConfiguration routes) {
        Set<String> names = new LinkedHashSet<>();
        addClusters(names, routes);
        return names;
    }

    private static void addClusters(Set<String> names, RouteConfiguration routes) {
        for (VirtualHost host : routes.virtualHosts()) {
            for (Route route : host.routes()) {
                if (route.action() instanceof Forward forward) {
                    addClusters(names, forward.cluster());
                    forward.requestMirrorPolicies().stream()
                            .map(RequestMirrorPolicy::cluster)
                            .forEach(names::add);
                }
            }
        }
    }

    private static void addClusters(Set<String> names, ClusterSpecifier specifier) {
        if (specifier instanceof ClusterSpecifier.Single single) {
            names.add(single.cluster());
        } else if (specifier instanceof ClusterSpecifier.Weighted weighted) {
            weighted.clusters().forEach(cluster -> names.add(cluster.name()));
        }
    }

    private static Stream<HttpConnectionManager> connectionManagers(Collection<Listener> listeners) {
        return filters(listeners)
                .filter(HttpConnectionManager.class::isInstance)
                .map(HttpConnectionManager.class::cast);
    }

    private static Stream<NetworkFilter> filters(Collection<Listener> listeners) {
        return listeners.stream()
                .flatMap(References::chains)
                .map(FilterChain::filters)
                .flatMap(List::stream);
    }

    private static Stream<FilterChain> chains(Listener listener) {
        return Stream.concat(listener.filterChains().stream(), Stream.ofNullable(listener.defaultFilterChain()));
    }
}

package io.inmesh.xds.state;

import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.route.RouteConfiguration;
import java.util.Objects;

/** All that a control service has told a node, as of one moment. Immutable. */
public record XdsResources(
        ResourceSet<Cluster> clusters,
        ResourceSet<ClusterLoadAssignment> loadAssignments,
        ResourceSet<Listener> listeners,
        ResourceSet<RouteConfiguration> routeConfigurations) {

    /** Nothing told. */
    public static final XdsResources EMPTY =
            new XdsResources(ResourceSet.empty(), ResourceSet.empty(), ResourceSet.empty(), ResourceSet.empty());

    public XdsResources {
        Objects.requireNonNull(clusters, "clusters");
        Objects.requireNonNull(loadAssignments, "loadAssignments");
        Objects.requireNonNull(listeners, "listeners");
        Objects.requireNonNull(routeConfigurations, "routeConfigurations");
    }

    /**
     * Whether calls can be decided on: clusters and listeners have come, and so has every route configuration and load assignment that
     * these name, unless {@linkplain ResourceSet#givenUp() given up}. Before that, a missing route would look like a missing service.
     */
    public boolean complete() {
        return clusters.received()
                && listeners.received()
                && routeConfigurations.hasAll(References.routeConfigurations(this))
                && loadAssignments.hasAll(References.loadAssignments(this));
    }
}

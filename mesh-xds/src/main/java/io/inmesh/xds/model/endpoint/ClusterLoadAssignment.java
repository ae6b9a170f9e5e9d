package io.inmesh.xds.model.endpoint;

import java.util.List;
import java.util.Objects;

/**
 * The endpoints of a cluster.
 *
 * @param clusterName what EDS is asked for: the cluster's service name or name
 * @param endpoints grouped by locality and priority
 * @param overprovisioningFactor percent by which the healthy share of a priority is multiplied before traffic spills over; 140 by
 *     default
 * @param weightedPriorityHealth a priority's health counts endpoints by weight
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/endpoint/v3/endpoint.proto">Envoy, ClusterLoadAssignment</a>
 */
public record ClusterLoadAssignment(
        String clusterName,
        List<LocalityLbEndpoints> endpoints,
        long overprovisioningFactor,
        boolean weightedPriorityHealth) {

    /** Envoy's. */
    public static final int DEFAULT_OVERPROVISIONING_FACTOR = 140;

    public ClusterLoadAssignment {
        Objects.requireNonNull(clusterName, "clusterName");
        endpoints = List.copyOf(endpoints);
    }
}

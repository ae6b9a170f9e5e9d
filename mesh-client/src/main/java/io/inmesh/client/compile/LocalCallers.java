package io.inmesh.client.compile;

import io.inmesh.client.balance.LocalCluster;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.LbEndpoint;
import io.inmesh.xds.model.endpoint.LbEndpoint.HealthStatus;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.model.endpoint.LocalityLbEndpoints;
import io.inmesh.xds.state.ResourceCache;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this workload's instances run, from the load assignment that istiod names {@code local_cluster}. */
final class LocalCallers {

    private LocalCallers() {}

    /** Null if it is not known, so that no cluster looks at zones. */
    static @Nullable LocalCluster of(Map<String, ClusterLoadAssignment> byName, CallerPlace caller) {
        ClusterLoadAssignment instances = byName.get(ResourceCache.LOCAL_CLUSTER);
        if (instances == null) {
            return null;
        }
        Locality own = caller.locality() == null ? find(instances, caller.address()) : caller.locality();
        return own == null ? null : counted(instances, own);
    }

    /** Our own instance is among the others, and the control service knows where that runs. */
    private static @Nullable Locality find(ClusterLoadAssignment instances, String address) {
        for (LocalityLbEndpoints group : instances.endpoints()) {
            if (group.endpoints().stream()
                    .anyMatch(endpoint -> endpoint.address().host().equals(address))) {
                return group.locality();
            }
        }
        return null;
    }

    private static LocalCluster counted(ClusterLoadAssignment instances, Locality own) {
        Map<Locality, Integer> healthy = new HashMap<>();
        int all = 0;
        int available = 0;
        for (LocalityLbEndpoints group : instances.endpoints()) {
            for (LbEndpoint endpoint : group.endpoints()) {
                boolean serves = endpoint.health() == HealthStatus.UNKNOWN || endpoint.health() == HealthStatus.HEALTHY;
                healthy.merge(group.locality(), serves ? 1 : 0, Integer::sum);
                all++;
                available += serves || endpoint.health() == HealthStatus.DEGRADED ? 1 : 0;
            }
        }
        return new LocalCluster(own, healthy, all == 0 ? 0 : 100.0 * available / all);
    }
}

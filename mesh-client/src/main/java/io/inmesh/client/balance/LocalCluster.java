package io.inmesh.client.balance;

import io.inmesh.xds.model.endpoint.Locality;
import java.util.Map;

/**
 * Where the callers are: this process' place, and how many of its own workload's instances run in which place. By it a cluster with zone-aware
 * routing knows how much of its own zone's load it has to take. Immutable.
 *
 * @param own this process' place
 * @param healthy instances by place; a place without a healthy one is there with 0
 * @param available percent of all instances that are healthy or degraded
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/zone_aware">Envoy, zone aware
 *     routing</a>
 */
public record LocalCluster(Locality own, Map<Locality, Integer> healthy, double available) {

    public LocalCluster {
        healthy = Map.copyOf(healthy);
    }

    /** Whether it tells anything: there are instances in several places, and some where we are. */
    boolean tells() {
        return healthy.size() >= 2 && healthy.containsKey(own);
    }

    /** Ten-thousandths of the healthy instances that run in a place, rounded down. */
    long share(Locality place) {
        long all = healthy.values().stream().mapToLong(Integer::longValue).sum();
        return all == 0 ? 0 : 10_000L * healthy.getOrDefault(place, 0) / all;
    }
}

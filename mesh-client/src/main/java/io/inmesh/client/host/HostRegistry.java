package io.inmesh.client.host;

import io.inmesh.api.spi.MeshClock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * All clusters' run-time state. A snapshot's compiler asks for the state of what it compiles; whoever publishes the snapshot releases
 * what none names any more. Calls under way keep what they hold. Thread-safe.
 */
public final class HostRegistry {

    private final MeshClock clock;
    private final RandomGenerator chance;
    private final ConcurrentHashMap<String, ClusterState> clusters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Gauge> activeFaults = new ConcurrentHashMap<>();

    public HostRegistry(MeshClock clock, RandomGenerator chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** How many requests of a route configuration have a fault now. */
    public Gauge activeFaults(String routeConfiguration) {
        return activeFaults.computeIfAbsent(routeConfiguration, fresh -> new Gauge());
    }

    /** The cluster's state, new if this is its first mention. */
    public ClusterState cluster(String name) {
        return clusters.computeIfAbsent(name, fresh -> new ClusterState(fresh, clock, chance.nextInt()));
    }

    /** Forgets every cluster and address that is not named. */
    public void retain(Map<String, Set<String>> addressesByCluster) {
        clusters.keySet().retainAll(addressesByCluster.keySet());
        clusters.forEach((name, cluster) -> cluster.retain(addressesByCluster.getOrDefault(name, Set.of())));
    }

    /** Names of all clusters with state. */
    public Set<String> clusterNames() {
        return Set.copyOf(clusters.keySet());
    }
}

package io.inmesh.client.balance;

import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.endpoint.Locality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A level whose policy is consistent hashing: one table of its healthy endpoints, made anew when their health changes, as in Envoy. */
final class HashedLevel implements Level {

    // By bytes, as Envoy orders localities.
    private static final Comparator<EndpointSet.Zone> BY_LOCALITY = Comparator.comparing(
            HashedLevel::locality,
            Comparator.comparing(Locality::region).thenComparing(Locality::zone).thenComparing(Locality::subZone));

    private final EndpointSet.Level level;
    private final BalancerSettings settings;
    private volatile @Nullable Picker table;

    HashedLevel(EndpointSet.Level level, BalancerSettings settings) {
        this.level = level;
        this.settings = settings;
    }

    @Override
    public PriorityLoad.LevelHealth health(boolean byWeight) {
        PriorityLoad.LevelHealth sum = new PriorityLoad.LevelHealth(0, 0, 0, 0, 0, 0);
        for (Endpoint endpoint : level.endpoints()) {
            sum = sum.plus(PriorityLoad.LevelHealth.of(endpoint, byWeight));
        }
        return sum;
    }

    @Override
    public void changed(Host host) {}

    @Override
    public void prepare(boolean panic) {
        Predicate<Endpoint> qualifies = panic ? endpoint -> true : Endpoint::healthy;
        WeightedHosts hosts = settings.weightedLocalities() && hasWeights() ? byLocality(qualifies) : flat(qualifies);
        table = hosts.isEmpty() ? null : table(hosts);
    }

    private Picker table(WeightedHosts hosts) {
        return settings.policy() instanceof LbPolicy.RingHash ring
                ? RingPicker.of(hosts, ring, settings.hashByHostname())
                : MaglevPicker.of(hosts, tableSize(settings.policy()), settings.hashByHostname());
    }

    private static long tableSize(LbPolicy policy) {
        return policy instanceof LbPolicy.Maglev maglev ? maglev.tableSize() : MaglevPicker.DEFAULT_SIZE;
    }

    private boolean hasWeights() {
        return level.localities().stream().anyMatch(zone -> zone.weight() > 0);
    }

    private WeightedHosts flat(Predicate<Endpoint> qualifies) {
        WeightedHosts hosts = new WeightedHosts();
        hosts.add(level.endpoints().stream().filter(qualifies).toList(), 1.0);
        return hosts;
    }

    private WeightedHosts byLocality(Predicate<Endpoint> qualifies) {
        List<EndpointSet.Zone> zones = new ArrayList<>(level.localities());
        zones.sort(BY_LOCALITY);
        double sum = zones.stream().mapToLong(EndpointSet.Zone::weight).sum();
        WeightedHosts hosts = new WeightedHosts();
        for (EndpointSet.Zone zone : zones) {
            if (zone.weight() > 0) {
                hosts.add(zone.endpoints().stream().filter(qualifies).toList(), zone.weight() / sum);
            }
        }
        return hosts;
    }

    private static Locality locality(EndpointSet.Zone zone) {
        return zone.endpoints().isEmpty()
                ? Locality.UNKNOWN
                : zone.endpoints().get(0).locality();
    }

    @Override
    public @Nullable Picker healthy() {
        return table;
    }

    /** The same: Envoy's tables know of healthy endpoints only, and of all in panic. */
    @Override
    public @Nullable Picker degraded() {
        return table;
    }
}

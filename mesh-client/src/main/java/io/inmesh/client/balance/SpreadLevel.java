package io.inmesh.client.balance;

import io.inmesh.client.host.Host;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A level whose policy spreads requests: over all its endpoints, or first over its localities by their weights. */
final class SpreadLevel implements Level {

    private final Endpoint[] all;
    private final BalancerSettings settings;
    private final int seed;
    private final double overprovisioning;
    private final List<Group> groups = new ArrayList<>();
    private final long[] weights;
    private final GroupIndex index = new GroupIndex(groups);
    private @Nullable Picker everyone;
    private volatile @Nullable Picker healthy;
    private volatile @Nullable Picker degraded;

    SpreadLevel(EndpointSet.Level level, BalancerSettings settings, int seed, long overprovisioningFactor) {
        this.settings = settings;
        this.seed = seed;
        this.overprovisioning = overprovisioningFactor / 100.0;
        all = level.endpoints().toArray(Endpoint[]::new);
        boolean weighted =
                settings.weightedLocalities() && level.localities().stream().anyMatch(zone -> zone.weight() > 0);
        if (weighted) {
            level.localities().forEach(zone -> groups.add(group(zone.endpoints().toArray(Endpoint[]::new))));
        } else {
            groups.add(group(all));
        }
        weights = weighted
                ? level.localities().stream()
                        .mapToLong(EndpointSet.Zone::weight)
                        .toArray()
                : new long[] {1};
    }

    private Group group(Endpoint[] endpoints) {
        return new Group(endpoints, settings.pickPolicy(), seed);
    }

    @Override
    public PriorityLoad.LevelHealth health(boolean byWeight) {
        PriorityLoad.LevelHealth sum = groups.get(0).health(byWeight);
        for (int i = 1; i < groups.size(); i++) {
            sum = sum.plus(groups.get(i).health(byWeight));
        }
        return sum;
    }

    @Override
    public void changed(Host host) {
        index.changed(host);
    }

    @Override
    public void prepare(boolean panic) {
        if (panic && settings.failOnPanic()) {
            healthy = null;
            degraded = null;
        } else if (panic) {
            if (everyone == null) {
                everyone = Group.everyone(all, settings.pickPolicy(), seed);
            }
            healthy = everyone;
            degraded = everyone;
        } else {
            healthy = picker(false);
            degraded = picker(true);
        }
    }

    private @Nullable Picker picker(boolean ofDegraded) {
        if (groups.size() == 1) {
            return of(groups.get(0), ofDegraded);
        }
        List<LocalityPicker.Share> shares = new ArrayList<>();
        long eligible = 0;
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            long count = group.count(ofDegraded);
            Picker picker = of(group, ofDegraded);
            eligible += count;
            if (picker != null && count > 0 && weights[i] > 0) {
                double availability = Math.min(1.0, overprovisioning * count / group.size());
                shares.add(new LocalityPicker.Share(weights[i] * availability, picker));
            }
        }
        if (shares.isEmpty() && eligible > 0) {
            // Where only localities without weight are left, Envoy does not look at localities.
            return of(group(all), ofDegraded);
        }
        return shares.isEmpty() ? null : new LocalityPicker(shares);
    }

    private static @Nullable Picker of(Group group, boolean ofDegraded) {
        return ofDegraded ? group.degraded() : group.healthy();
    }

    @Override
    public @Nullable Picker healthy() {
        return healthy;
    }

    @Override
    public @Nullable Picker degraded() {
        return degraded;
    }
}

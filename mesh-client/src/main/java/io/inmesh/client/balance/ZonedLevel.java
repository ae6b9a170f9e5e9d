package io.inmesh.client.balance;

import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.CommonLb.LocalityMode.ZoneAware;
import io.inmesh.xds.model.endpoint.Locality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first level where callers prefer their own zone: all its endpoints together, and beside them those of each zone, which take over while
 * enough is known and enough endpoints are healthy.
 */
final class ZonedLevel implements Level {

    private final SpreadLevel everywhere;
    private final LocalCluster callers;
    private final ZoneAware zoneAware;
    private final boolean callersPanic;
    private final List<Locality> places = new ArrayList<>();
    private final List<Group> zones = new ArrayList<>();
    private final GroupIndex index = new GroupIndex(zones);
    private volatile @Nullable Picker healthy;
    private volatile @Nullable Picker degraded;

    ZonedLevel(
            EndpointSet.Level level,
            SpreadLevel everywhere,
            BalancerSettings settings,
            ZoneAware zoneAware,
            LocalCluster callers,
            int seed) {
        this.everywhere = everywhere;
        this.callers = callers;
        this.zoneAware = zoneAware;
        callersPanic = callers.available() < settings.panicThreshold();
        Map<Locality, List<Endpoint>> byPlace = new LinkedHashMap<>();
        for (Endpoint endpoint : level.endpoints()) {
            byPlace.computeIfAbsent(endpoint.locality(), place -> new ArrayList<>())
                    .add(endpoint);
        }
        byPlace.forEach((place, endpoints) -> {
            places.add(place);
            zones.add(new Group(endpoints.toArray(Endpoint[]::new), settings.pickPolicy(), seed));
        });
    }

    @Override
    public PriorityLoad.LevelHealth health(boolean byWeight) {
        return everywhere.health(byWeight);
    }

    @Override
    public void changed(Host host) {
        everywhere.changed(host);
        index.changed(host);
    }

    @Override
    public void prepare(boolean panic) {
        everywhere.prepare(panic);
        long[] counts = zones.stream().mapToLong(zone -> zone.count(false)).toArray();
        if (panic || !routes(counts)) {
            healthy = everywhere.healthy();
            degraded = everywhere.degraded();
        } else if (callersPanic && zoneAware.failTrafficOnPanic()) {
            healthy = null;
            degraded = null;
        } else if (callersPanic) {
            healthy = everywhere.healthy();
            degraded = everywhere.degraded();
        } else {
            ZoneShares shares = ZoneShares.of(places, counts, callers);
            healthy = picker(shares, false);
            degraded = picker(shares, true);
        }
    }

    /** Zones mean something only where there are several, here and among the callers, and endpoints enough. */
    private boolean routes(long[] healthyCounts) {
        long all = 0;
        for (long count : healthyCounts) {
            all += count;
        }
        return places.size() >= 2 && callers.tells() && all >= zoneAware.minClusterSize();
    }

    private Picker picker(ZoneShares shares, boolean ofDegraded) {
        @Nullable Picker[] pickers = new @Nullable Picker[zones.size()];
        for (int i = 0; i < pickers.length; i++) {
            pickers[i] = ofDegraded ? zones.get(i).degraded() : zones.get(i).healthy();
        }
        Picker whole = ofDegraded ? everywhere.degraded() : everywhere.healthy();
        return new ZonePicker(whole, pickers, shares, Math.round(zoneAware.routingEnabled()));
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

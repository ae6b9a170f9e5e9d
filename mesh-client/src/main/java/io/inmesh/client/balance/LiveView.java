package io.inmesh.client.balance;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.HealthChanges;
import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.CommonLb.LocalityMode.ZoneAware;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pickers of a cluster, kept up to date with its hosts' health: each change moves one endpoint. Changed by one thread at a time; picks
 * need no lock.
 */
final class LiveView {

    private final EndpointSet set;
    private final BalancerSettings settings;
    private final Level[] levels;
    private final long warmUntilNanos;
    private volatile long seen;
    private volatile @Nullable PriorityLoad load;

    LiveView(EndpointSet set, BalancerSettings settings, ClusterState state, @Nullable LocalCluster callers) {
        this.set = set;
        this.settings = settings;
        // Before the hosts are looked at: a change in between is then looked at twice.
        seen = state.health().count();
        List<Level> views = new ArrayList<>();
        for (EndpointSet.Level level : set.priorities()) {
            views.add(level(level, views.isEmpty() ? callers : null, state.seed()));
        }
        levels = views.toArray(Level[]::new);
        warmUntilNanos = warmUntil(set, settings);
        share();
    }

    /** Only the first priority looks at zones. */
    private Level level(EndpointSet.Level level, @Nullable LocalCluster callers, int seed) {
        if (settings.hashes()) {
            return new HashedLevel(level, settings);
        }
        SpreadLevel spread = new SpreadLevel(level, settings, seed, set.overprovisioningFactor());
        ZoneAware zoneAware = settings.zoneAware();
        return callers == null || zoneAware == null || zoneAware.routingEnabled() == 0
                ? spread
                : new ZonedLevel(level, spread, settings, zoneAware, callers, seed);
    }

    private static long warmUntil(EndpointSet set, BalancerSettings settings) {
        SlowStart slow = settings.pickPolicy().slowStart();
        if (slow == null) {
            return Long.MAX_VALUE;
        }
        long now = settings.pickPolicy().clock().nanoTime();
        return set.endpoints().stream()
                .filter(endpoint -> slow.warming(endpoint, now))
                .mapToLong(endpoint -> endpoint.host().firstSeenNanos() + slow.windowNanos())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether some endpoint was warming up when this view was made and none is any longer. */
    boolean warm() {
        return warmUntilNanos != Long.MAX_VALUE && settings.pickPolicy().clock().nanoTime() - warmUntilNanos >= 0;
    }

    boolean current(HealthChanges health) {
        return seen == health.count();
    }

    /** Looks at the hosts that changed since; false if that cannot be told any more. */
    boolean follow(HealthChanges health) {
        long until = health.count();
        for (long i = seen; i < until; i++) {
            Host host = health.at(i);
            if (host == null) {
                return false;
            }
            for (Level level : levels) {
                level.changed(host);
            }
        }
        share();
        seen = until;
        return true;
    }

    private void share() {
        if (levels.length == 0) {
            return;
        }
        List<PriorityLoad.LevelHealth> health = new ArrayList<>(levels.length);
        for (Level level : levels) {
            health.add(level.health(set.weightedPriorityHealth()));
        }
        PriorityLoad shares = PriorityLoad.of(health, set.overprovisioningFactor(), settings.panicThreshold());
        for (int i = 0; i < levels.length; i++) {
            levels[i].prepare(shares.panic(i));
        }
        load = shares;
    }

    @Nullable
    Endpoint pick(RandomGenerator chance, long hash, int draw, long without) {
        PriorityLoad shares = load;
        if (shares == null) {
            return null;
        }
        int level = shares.onlyFirst() && without == 0
                ? 0
                : shares.choose(settings.hashes() ? hash : chance.nextLong(), without);
        Picker picker = level >= 0 ? levels[level].healthy() : levels[-1 - level].degraded();
        return picker == null ? null : picker.pick(chance, hash, draw);
    }

    boolean healthyBeside(long without) {
        PriorityLoad shares = load;
        return shares != null && shares.availableBeside(without);
    }

    boolean panic() {
        PriorityLoad shares = load;
        for (int i = 0; shares != null && i < levels.length; i++) {
            if (shares.panic(i)) {
                return true;
            }
        }
        return false;
    }
}

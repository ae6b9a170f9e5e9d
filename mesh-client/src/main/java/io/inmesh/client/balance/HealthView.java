package io.inmesh.client.balance;

import io.inmesh.client.balance.PriorityLoad.LevelHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The pickers of a cluster for one state of its hosts' health. Replaced as a whole when a host is ejected or returns. */
final class HealthView {

    private final int version;
    private final @Nullable PriorityLoad load;
    private final @Nullable Picker[] healthy;
    private final @Nullable Picker[] degraded;

    private HealthView(int version, @Nullable PriorityLoad load, int levels) {
        this.version = version;
        this.load = load;
        healthy = new Picker[levels];
        degraded = new Picker[levels];
    }

    static HealthView of(int version, EndpointSet set, BalancerSettings settings, int seed) {
        List<EndpointSet.Level> levels = set.priorities();
        if (levels.isEmpty()) {
            return new HealthView(version, null, 0);
        }
        List<LevelHealth> health = new ArrayList<>();
        for (EndpointSet.Level level : levels) {
            health.add(health(level.endpoints(), set.weightedPriorityHealth()));
        }
        PriorityLoad load = PriorityLoad.of(health, set.overprovisioningFactor(), settings.panicThreshold());
        HealthView view = new HealthView(version, load, levels.size());
        Pickers pickers = new Pickers(settings, seed, set.overprovisioningFactor());
        for (int i = 0; i < levels.size(); i++) {
            boolean panic = load.panic(i);
            view.healthy[i] = panic
                    ? pickers.flat(levels.get(i).endpoints(), endpoint -> true)
                    : pickers.of(levels.get(i), Endpoint::healthy);
            view.degraded[i] = panic ? view.healthy[i] : pickers.of(levels.get(i), Endpoint::degraded);
        }
        return view;
    }

    private static LevelHealth health(List<Endpoint> endpoints, boolean byWeight) {
        long healthy = endpoints.stream().filter(Endpoint::healthy).count();
        long degraded = endpoints.stream().filter(Endpoint::degraded).count();
        if (!byWeight) {
            return new LevelHealth(endpoints.size(), healthy, degraded, endpoints.size(), healthy, degraded);
        }
        return new LevelHealth(
                endpoints.size(),
                healthy,
                degraded,
                weight(endpoints, endpoint -> true),
                weight(endpoints, Endpoint::healthy),
                weight(endpoints, Endpoint::degraded));
    }

    private static long weight(List<Endpoint> endpoints, Predicate<Endpoint> which) {
        return endpoints.stream()
                .filter(which)
                .mapToLong(endpoint -> endpoint.description().weight())
                .sum();
    }

    int version() {
        return version;
    }

    @Nullable
    Endpoint pick(RandomGenerator chance) {
        if (load == null) {
            return null;
        }
        int level = healthy.length == 1 && load.healthyShare(0) == 100 ? 0 : load.choose(chance.nextLong());
        Picker picker = level >= 0 ? healthy[level] : degraded[-1 - level];
        return picker == null ? null : picker.pick(chance);
    }

    boolean panic() {
        for (int i = 0; load != null && i < healthy.length; i++) {
            if (load.panic(i)) {
                return true;
            }
        }
        return false;
    }
}

package io.inmesh.client.balance;

import java.util.List;

/**
 * How the traffic of a cluster is shared among its priorities for one state of health: percentages to the healthy and to the degraded
 * endpoints of each level, and which levels are in panic. Envoy's arithmetic in whole percents, rounding included. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/priority">Envoy, priority
 *     levels</a>
 */
final class PriorityLoad {

    private final int[] healthy;
    private final int[] degraded;
    private final boolean[] panic;
    private final int[] healthyPercent;
    private final int[] degradedPercent;

    private PriorityLoad(int levels) {
        healthy = new int[levels];
        degraded = new int[levels];
        panic = new boolean[levels];
        healthyPercent = new int[levels];
        degradedPercent = new int[levels];
    }

    /**
     * Computes the shares.
     *
     * @param levels at least one
     * @param panicThreshold percent of available endpoints below which a level is in panic; 0 is off
     */
    static PriorityLoad of(List<LevelHealth> levels, long overprovisioningFactor, double panicThreshold) {
        PriorityLoad load = new PriorityLoad(levels.size());
        int total = 0;
        for (int i = 0; i < levels.size(); i++) {
            LevelHealth level = levels.get(i);
            load.healthyPercent[i] = level.healthyPercent(overprovisioningFactor);
            load.degradedPercent[i] = level.degradedPercent(overprovisioningFactor);
            total += load.healthyPercent[i] + load.degradedPercent[i];
        }
        total = Math.min(100, total);
        load.spread(total);
        load.panic(levels, total, panicThreshold);
        return load;
    }

    private void spread(int total) {
        if (total == 0) {
            return;
        }
        int left = share(healthy, healthyPercent, 100, total);
        left = share(degraded, degradedPercent, left, total);
        int firstHealthy = firstPositive(healthyPercent);
        if (firstHealthy >= 0) {
            healthy[firstHealthy] += left;
        } else {
            degraded[firstPositive(degradedPercent)] += left;
        }
    }

    private static int share(int[] load, int[] percent, int available, int total) {
        int left = available;
        for (int i = 0; i < percent.length; i++) {
            load[i] = Math.min(left, percent[i] * 100 / total);
            left -= load[i];
        }
        return left;
    }

    private static int firstPositive(int[] percent) {
        for (int i = 0; i < percent.length; i++) {
            if (percent[i] > 0) {
                return i;
            }
        }
        return -1;
    }

    private void panic(List<LevelHealth> levels, int total, double panicThreshold) {
        if (panicThreshold == 0 && total == 0) {
            healthy[0] = 100;
            return;
        }
        boolean everywhere = true;
        for (int i = 0; i < panic.length; i++) {
            panic[i] = total < 100 && levels.get(i).availablePercent() < panicThreshold;
            everywhere &= panic[i];
        }
        if (everywhere) {
            spreadByCount(levels);
        }
    }

    // When all levels are in panic, health no longer tells them apart: each gets traffic for the endpoints it has.
    private void spreadByCount(List<LevelHealth> levels) {
        long all = levels.stream().mapToLong(LevelHealth::count).sum();
        if (all == 0) {
            healthy[0] = 100;
            return;
        }
        int left = 100;
        int first = -1;
        for (int i = 0; i < healthy.length; i++) {
            long count = levels.get(i).count();
            first = first < 0 && count > 0 ? i : first;
            healthy[i] = (int) (100 * count / all);
            degraded[i] = 0;
            left -= healthy[i];
        }
        healthy[first] += left;
    }

    /** Whether all traffic goes to the healthy endpoints of the first level. */
    boolean onlyFirst() {
        return healthy[0] == 100;
    }

    /**
     * As {@link #choose(long)}, among the levels that are not left out; among all if nobody else is there.
     *
     * @param without levels as bits
     */
    int choose(long random, long without) {
        PriorityLoad others = without == 0 ? this : others(without);
        return others.choose(random);
    }

    /** Whether some level that is not left out has anybody. */
    boolean availableBeside(long without) {
        for (int i = 0; i < healthy.length; i++) {
            if (!out(i, without) && healthyPercent[i] + degradedPercent[i] > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean out(int level, long without) {
        return level < Long.SIZE && (without & 1L << level) != 0;
    }

    private PriorityLoad others(long without) {
        if (!availableBeside(without)) {
            return this;
        }
        PriorityLoad left = new PriorityLoad(healthy.length);
        int total = 0;
        for (int i = 0; i < healthy.length; i++) {
            left.healthyPercent[i] = out(i, without) ? 0 : healthyPercent[i];
            left.degradedPercent[i] = out(i, without) ? 0 : degradedPercent[i];
            total += left.healthyPercent[i] + left.degradedPercent[i];
        }
        left.spread(Math.min(100, total));
        return left;
    }

    /** The level that a random value leads to: its index, or, for the degraded endpoints of a level, {@code -1 - index}. */
    int choose(long random) {
        int percent = (int) Long.remainderUnsigned(random, 100) + 1;
        int sum = 0;
        for (int i = 0; i < healthy.length; i++) {
            sum += healthy[i];
            if (percent <= sum) {
                return i;
            }
        }
        for (int i = 0; i < degraded.length; i++) {
            sum += degraded[i];
            if (percent <= sum) {
                return -1 - i;
            }
        }
        return 0;
    }

    int healthyShare(int level) {
        return healthy[level];
    }

    int degradedShare(int level) {
        return degraded[level];
    }

    boolean panic(int level) {
        return panic[level];
    }

    /**
     * Endpoints of one level by health.
     *
     * @param count all of them
     * @param healthyCount of them
     * @param degradedCount of them
     * @param weight of all, which is their count where health does not go by weight
     */
    record LevelHealth(
            long count, long healthyCount, long degradedCount, long weight, long healthyWeight, long degradedWeight) {

        static LevelHealth of(Endpoint endpoint, boolean byWeight) {
            long weight = byWeight ? endpoint.description().weight() : 1;
            long healthy = endpoint.healthy() ? 1 : 0;
            long degraded = endpoint.degraded() ? 1 : 0;
            return new LevelHealth(1, healthy, degraded, weight, healthy * weight, degraded * weight);
        }

        int healthyPercent(long overprovisioningFactor) {
            return weight == 0 ? 0 : (int) Math.min(100, overprovisioningFactor * healthyWeight / weight);
        }

        int degradedPercent(long overprovisioningFactor) {
            return weight == 0 ? 0 : (int) Math.min(100, overprovisioningFactor * degradedWeight / weight);
        }

        LevelHealth plus(LevelHealth other) {
            return new LevelHealth(
                    count + other.count,
                    healthyCount + other.healthyCount,
                    degradedCount + other.degradedCount,
                    weight + other.weight,
                    healthyWeight + other.healthyWeight,
                    degradedWeight + other.degradedWeight);
        }

        double availablePercent() {
            return count == 0 ? 0 : 100.0 * (healthyCount + degradedCount) / count;
        }
    }
}

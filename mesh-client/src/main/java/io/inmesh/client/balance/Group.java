package io.inmesh.client.balance;

import org.jspecify.annotations.Nullable;

/**
 * Endpoints among which one policy chooses, by health. A change of one endpoint's health costs the same however many there are. One thread
 * changes it at a time; picks need no lock.
 */
final class Group {

    private static final byte OUT = 0;
    private static final byte HEALTHY = 1;
    private static final byte DEGRADED = 2;

    private final Endpoint[] endpoints;
    private final PickPolicy policy;
    private final int seed;
    private final byte[] health;
    private final MemberPicker healthy;
    private volatile @Nullable MemberPicker degraded;
    private final long weight;
    private long healthyCount;
    private long degradedCount;
    private long healthyWeight;
    private long degradedWeight;

    Group(Endpoint[] endpoints, PickPolicy policy, int seed) {
        this.endpoints = endpoints;
        this.policy = policy;
        this.seed = seed;
        health = new byte[endpoints.length];
        healthy = policy.over(endpoints, seed);
        long sum = 0;
        for (int i = 0; i < endpoints.length; i++) {
            sum += endpoints[i].description().weight();
            update(i);
        }
        weight = sum;
        if (healthy instanceof WeightedPicker weighted) {
            weighted.skip(seed);
        }
    }

    /** A picker in which all take part, whatever their health. */
    static Picker everyone(Endpoint[] endpoints, PickPolicy policy, int seed) {
        MemberPicker picker = policy.over(endpoints, seed);
        for (int i = 0; i < endpoints.length; i++) {
            picker.join(i);
        }
        if (picker instanceof WeightedPicker weighted) {
            weighted.skip(seed);
        }
        return picker;
    }

    /** Looks at the health of one endpoint again. */
    void update(int index) {
        Endpoint endpoint = endpoints[index];
        byte now = endpoint.healthy() ? HEALTHY : endpoint.degraded() ? DEGRADED : OUT;
        byte before = health[index];
        if (now == before) {
            return;
        }
        health[index] = now;
        count(before, endpoint, -1);
        count(now, endpoint, 1);
        // Joining first: an endpoint that only degrades is never nowhere.
        join(now, index);
        leave(before, index);
    }

    private void count(byte which, Endpoint endpoint, int sign) {
        long weighed = sign * endpoint.description().weight();
        if (which == HEALTHY) {
            healthyCount += sign;
            healthyWeight += weighed;
        } else if (which == DEGRADED) {
            degradedCount += sign;
            degradedWeight += weighed;
        }
    }

    private void join(byte which, int index) {
        if (which == HEALTHY) {
            healthy.join(index);
        } else if (which == DEGRADED) {
            MemberPicker picker = degraded;
            if (picker == null) {
                picker = policy.over(endpoints, seed);
                degraded = picker;
            }
            picker.join(index);
        }
    }

    private void leave(byte which, int index) {
        MemberPicker picker = which == HEALTHY ? healthy : degraded;
        if (which != OUT && picker != null) {
            picker.leave(index);
        }
    }

    Picker healthy() {
        return healthy;
    }

    @Nullable
    Picker degraded() {
        return degraded;
    }

    int size() {
        return endpoints.length;
    }

    Endpoint at(int index) {
        return endpoints[index];
    }

    long count(boolean ofDegraded) {
        return ofDegraded ? degradedCount : healthyCount;
    }

    PriorityLoad.LevelHealth health(boolean byWeight) {
        return byWeight
                ? new PriorityLoad.LevelHealth(
                        endpoints.length, healthyCount, degradedCount, weight, healthyWeight, degradedWeight)
                : new PriorityLoad.LevelHealth(
                        endpoints.length, healthyCount, degradedCount, endpoints.length, healthyCount, degradedCount);
    }
}

package io.inmesh.client.balance;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.Cluster;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses endpoints of one cluster as of one snapshot. Health changes between snapshots (outlier ejection); the next pick follows, at a cost
 * of what has changed. Thread-safe; a pick takes O(1), or O(log n) with unequal weights or a ring, and allocates nothing.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/load_balancing/overview">Envoy, load
 *     balancing</a>
 */
public final class LoadBalancer {

    private final EndpointSet endpoints;
    private final BalancerSettings settings;
    private final ClusterState state;
    private final @Nullable LocalCluster callers;
    private final ReentrantLock following = new ReentrantLock();
    private volatile LiveView view;

    public LoadBalancer(EndpointSet endpoints, Cluster cluster, ClusterState state) {
        this(endpoints, cluster, state, null);
    }

    /**
     * Balances over a cluster's endpoints.
     *
     * @param callers null if it is not known where the callers run, so that zones do not count
     */
    public LoadBalancer(EndpointSet endpoints, Cluster cluster, ClusterState state, @Nullable LocalCluster callers) {
        this.endpoints = endpoints;
        this.callers = callers;
        this.settings = BalancerSettings.of(cluster, state.clock());
        this.state = state;
        view = new LiveView(endpoints, settings, state, callers);
    }

    /** Whether {@link #pick(RandomGenerator, long)} looks at the hash. */
    public boolean hashes() {
        return settings.hashes();
    }

    /** Whether picks look at {@link Host#latency()}, so that attempts are to be measured. */
    public boolean measures() {
        return settings.pickPolicy().peakEwma();
    }

    /** Whether picks prefer the caller's own zone, as far as endpoints suffice. */
    public boolean zoneAware() {
        return callers != null && settings.zoneAware() != null && !settings.hashes();
    }

    /** An endpoint, whatever the request; null if none may be used. */
    public @Nullable Endpoint pick(RandomGenerator chance) {
        return current().pick(chance, hashes() ? chance.nextLong() : 0, 0, 0);
    }

    /**
     * An endpoint for a request.
     *
     * @param hash of what the route's hash policies name; a random one if they found nothing
     */
    public @Nullable Endpoint pick(RandomGenerator chance, long hash) {
        return current().pick(chance, hash, 0, 0);
    }

    /**
     * An endpoint that is not to be avoided, or the last of several draws.
     *
     * @param maxAttempts {@code host_selection_retry_max_attempts}: draws beyond the first
     * @param triedPriorities as bits; left out while others are healthy
     */
    public @Nullable Endpoint pickAgain(
            RandomGenerator chance, long hash, Predicate<Host> avoid, long maxAttempts, long triedPriorities) {
        LiveView now = current();
        Endpoint picked = now.pick(chance, hash, 0, triedPriorities);
        for (int i = 1; i <= maxAttempts && picked != null && avoid.test(picked.host()); i++) {
            picked = now.pick(chance, hash, i, triedPriorities);
        }
        return picked;
    }

    /** Whether anybody may be picked beside those of some priorities, given as bits. */
    public boolean healthyBeside(long priorities) {
        return current().healthyBeside(priorities);
    }

    public EndpointSet endpoints() {
        return endpoints;
    }

    /** Whether some priority has so few healthy endpoints that health is not looked at. */
    public boolean panic() {
        return view.panic();
    }

    private LiveView current() {
        LiveView now = view;
        if (now.current(state.health()) && !now.warm()) {
            return now;
        }
        // Who comes while another follows does not wait: it picks from what was current a moment ago.
        if (following.tryLock()) {
            try {
                now = view;
                if (now.warm() || !now.follow(state.health())) {
                    now = new LiveView(endpoints, settings, state, callers);
                    view = now;
                }
            } finally {
                following.unlock();
            }
        }
        return now;
    }
}

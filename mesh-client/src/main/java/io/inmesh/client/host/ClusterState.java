package io.inmesh.client.host;

import io.inmesh.api.spi.MeshClock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What goes on in one cluster, all its hosts together: the gauges that circuit breakers look at, who waits for a connection, and when
 * outlier detection sweeps next. Thread-safe.
 */
public final class ClusterState {

    private final String name;
    private final MeshClock clock;
    private final int seed;
    private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();
    private final Gauge connections = new Gauge();
    private final Gauge pendingRequests = new Gauge();
    private final Gauge activeRequests = new Gauge();
    private final Gauge activeRetries = new Gauge();
    private final RetryTokens retryTokens = new RetryTokens();
    private final RecentRequests recentRequests = new RecentRequests();
    private final Activity activity = new Activity();
    private final HealthChanges health = new HealthChanges();
    private final Ejections ejections = new Ejections(health);
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ConnectionWaiter> waiters = new ArrayDeque<>();
    private final Sweeps sweeps;
    private final Counters<ClusterStat> counters = new Counters<>(ClusterStat.class);
    private final ResponseCodes responses = new ResponseCodes();

    ClusterState(String name, MeshClock clock, int seed) {
        this.name = name;
        this.clock = clock;
        this.seed = seed;
        sweeps = new Sweeps(clock.nanoTime());
    }

    public String name() {
        return name;
    }

    /** Where round robins begin, so that many callers do not all begin with the first host. */
    public int seed() {
        return seed;
    }

    /** The host's state, new if this is its first mention. */
    public Host host(String address) {
        return hosts.computeIfAbsent(address, fresh -> new Host(this, fresh, clock.nanoTime()));
    }

    /** All hosts with state, in no order. */
    public Collection<Host> hosts() {
        return List.copyOf(hosts.values());
    }

    void retain(Set<String> addresses) {
        boolean anyGone = hosts.values().removeIf(host -> {
            boolean gone = !addresses.contains(host.address());
            if (gone) {
                activity.giveBack(host.place());
            }
            return gone;
        });
        if (!anyGone) {
            return;
        }
        lock.lock();
        try {
            ejections.retain(host -> hosts.get(host.address()) == host);
        } finally {
            lock.unlock();
        }
    }

    /** Connections open or being opened. */
    public Gauge connections() {
        return connections;
    }

    /** Requests that wait for a connection, one being opened included. */
    public Gauge pendingRequests() {
        return pendingRequests;
    }

    /** Requests that have a connection and whose response is not complete. */
    public Gauge activeRequests() {
        return activeRequests;
    }

    /** Calls in back-off or in a repeated attempt. */
    public Gauge activeRetries() {
        return activeRetries;
    }

    /** What retry budgets look back on; guarded by {@link #lock()}, and kept only where one does. */
    public RecentRequests recentRequests() {
        return recentRequests;
    }

    /** What retries cost where the operator has set no budget. */
    public RetryTokens retryTokens() {
        return retryTokens;
    }

    /** What Envoy counts of a cluster. */
    public Counters<ClusterStat> counters() {
        return counters;
    }

    /** What callers of the cluster were answered. */
    public ResponseCodes responses() {
        return responses;
    }

    /** Requests under way at each host, by {@link Host#place()}. */
    public Activity activity() {
        return activity;
    }

    /** Who was ejected or returned, so that balancers look again. */
    public HealthChanges health() {
        return health;
    }

    /** Who is ejected, and who was lately; guarded by {@link #lock()}. */
    public Ejections ejections() {
        return ejections;
    }

    /** The time by which hosts age. */
    public MeshClock clock() {
        return clock;
    }

    /** Guards {@link #waiters()}, {@link #recentRequests()}, {@link #ejections()} and {@link #sweeps()}; held for a few instructions, never across I/O. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Who waits for a connection, first come first served; guarded by {@link #lock()}. */
    public Queue<ConnectionWaiter> waiters() {
        return waiters;
    }

    /** When outlier detection looked last; guarded by {@link #lock()}. */
    public Sweeps sweeps() {
        return sweeps;
    }

    @Override
    public String toString() {
        return name;
    }
}

package io.inmesh.client.resilience;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.ConnectionWaiter;
import io.inmesh.client.host.Host;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How much may be under way in a cluster: {@code max_connections}, {@code max_pending_requests}, {@code max_requests},
 * {@code max_retries} and the retry budget. A request without a free connection is pending, whether one is opened for it or it waits
 * for one; above a threshold it overflows at once. The counts are the cluster's and survive pushes; where Envoy's are per worker and
 * approximate, these are exact. Thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/circuit_breaking">Envoy, circuit breaking</a>
 */
public final class Admission {

    private static final int TENTHS = 10;

    private final ClusterState cluster;
    private final CircuitBreakers.Thresholds thresholds;
    private final long lookBackNanos;

    public Admission(ClusterState cluster, CircuitBreakers.Thresholds thresholds) {
        this.cluster = cluster;
        this.thresholds = thresholds;
        CircuitBreakers.RetryBudget budget = thresholds.retryBudget();
        // Envoy counts in whole milliseconds, and by tenths of them at least.
        this.lookBackNanos = budget == null || budget.interval().toMillis() < TENTHS
                ? 0
                : budget.interval().toNanos();
    }

    /**
     * Asks for a place on a connection to the host; the permit's state tells the answer.
     *
     * @param streams how many requests a connection carries at a time: 1 unless HTTP/2 is spoken
     */
    public void enter(Permit permit, Host host, int streams) {
        permit.enter(this, host, streams);
    }

    /** Asks for one more retry under way; who gets it gives it back with {@link #retryEnded()}. */
    public boolean tryRetry() {
        CircuitBreakers.RetryBudget budget = thresholds.retryBudget();
        if (budget == null) {
            return cluster.activeRetries().tryIncrement(thresholds.maxRetries());
        }
        long share = (long) (budget.budgetPercent() / 100.0 * load());
        return cluster.activeRetries().tryIncrement(Math.max(share, budget.minRetryConcurrency()));
    }

    /** What a budget is a share of. */
    private double load() {
        if (lookBackNanos == 0) {
            return cluster.activeRequests().get() + cluster.pendingRequests().get();
        }
        cluster.lock().lock();
        try {
            return cluster.recentRequests().within(cluster.clock().nanoTime(), lookBackNanos);
        } finally {
            cluster.lock().unlock();
        }
    }

    /** A request has a connection. Called under the lock. */
    void begun() {
        if (lookBackNanos > 0) {
            cluster.recentRequests().count(cluster.clock().nanoTime(), lookBackNanos);
        }
    }

    public void retryEnded() {
        cluster.activeRetries().decrement();
    }

    public CircuitBreakers.Thresholds thresholds() {
        return thresholds;
    }

    ClusterState cluster() {
        return cluster;
    }

    // A host without any connection may open one even above the limit: else its requests would wait for nothing.
    boolean mayOpen(Host host) {
        return cluster.connections().get() < thresholds.maxConnections()
                || host.connections().get() == 0;
    }

    /** Whether a connection that is being opened to the host will have a place to spare, so that another need not be opened. */
    boolean hasRoomSoon(Host host, int streams) {
        long connecting = host.connecting().get();
        if (streams == 1 || connecting == 0) {
            return false;
        }
        long waiting = cluster.waiters().stream()
                .filter(waiter -> waiter.host() == host)
                .count();
        return (connecting + waiting) / streams < connecting;
    }

    /** Whoever waits for a connection that failed tries one of its own. Called under the lock. */
    void separateWaiters(Host host) {
        for (ConnectionWaiter waiter : cluster.waiters()) {
            if (waiter.host() == host) {
                ((Permit) waiter).separate();
            }
        }
    }

    /** Lets those go on who wait for what has become free. Called without the lock. */
    void wake() {
        List<ConnectionWaiter> granted = List.of();
        cluster.lock().lock();
        try {
            if (!cluster.waiters().isEmpty()) {
                granted = takeGranted(cluster.waiters().iterator());
            }
        } finally {
            cluster.lock().unlock();
        }
        granted.forEach(ConnectionWaiter::granted);
    }

    private static List<ConnectionWaiter> takeGranted(Iterator<ConnectionWaiter> waiters) {
        List<ConnectionWaiter> granted = new ArrayList<>();
        while (waiters.hasNext()) {
            ConnectionWaiter waiter = waiters.next();
            if (((Permit) waiter).tryLeaveQueue()) {
                waiters.remove();
                granted.add(waiter);
            }
        }
        return granted;
    }
}

package io.inmesh.client.resilience;

import io.inmesh.client.host.ClusterStat;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.ConnectionWaiter;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.HostStat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A call's place in a cluster: taken by one attempt after the other, each from the pick of its host to the last byte of its response. A call
 * extends it, and is its own timer, so that neither costs an object. The state changes under the cluster's lock. Thread-safe: the
 * transport reports connections from its own threads.
 */
public abstract class Permit extends Timer implements ConnectionWaiter {

    /** How far the attempt has come. */
    public enum State {
        /** A threshold was reached. */
        OVERFLOW,
        /** Pending: waits for a connection of another request, or for room to open one. */
        WAITING,
        /** Pending: a connection may be opened for it. */
        CONNECTING,
        /** Has a connection. */
        ACTIVE,
        /** Over, or not begun. */
        RELEASED
    }

    private static final AtomicReferenceFieldUpdater<Permit, @Nullable State> CURRENT =
            AtomicReferenceFieldUpdater.newUpdater(Permit.class, State.class, "current");

    private @Nullable Admission admission;
    private @Nullable Host host;
    private int streams;
    private boolean joined;
    private boolean opening;
    // Null is RELEASED: a new call writes nothing here.
    private volatile @Nullable State current;

    /** How far the attempt under way has come. */
    public final State permitState() {
        State now = current;
        return now == null ? State.RELEASED : now;
    }

    /** Under the lock, whose end makes it visible. */
    private void become(State next) {
        CURRENT.lazySet(this, next);
    }

    /** Whether no attempt holds the place: the last one is over and its outcome known. */
    public final boolean released() {
        return permitState() == State.RELEASED;
    }

    @Override
    public final Host host() {
        return Objects.requireNonNull(host, "host");
    }

    /** Begins an attempt. */
    final void enter(Admission by, Host picked, int streamsEach) {
        ClusterState cluster = by.cluster();
        cluster.lock().lock();
        try {
            admission = by;
            host = picked;
            streams = streamsEach;
            opening = false;
            enter(by, picked);
        } finally {
            cluster.lock().unlock();
        }
    }

    private void enter(Admission by, Host picked) {
        if (connectionReady(picked)) {
            activate(by, picked);
        } else if (!by.cluster().pendingRequests().tryIncrement(by.thresholds().maxPendingRequests())) {
            by.cluster().counters().count(ClusterStat.RQ_PENDING_OVERFLOW);
            become(State.OVERFLOW);
        } else {
            by.cluster().counters().count(ClusterStat.RQ_PENDING_TOTAL);
            await(by, picked);
        }
    }

    private void await(Admission by, Host picked) {
        joined = by.hasRoomSoon(picked, streams);
        boolean mayOpen = by.mayOpen(picked);
        if (mayOpen && !joined) {
            reserveConnection(picked);
            return;
        }
        if (!mayOpen) {
            by.cluster().counters().count(ClusterStat.CX_OVERFLOW);
        }
        become(State.WAITING);
        by.cluster().waiters().add(this);
    }

    /** The connection that it waited for did not come about. */
    final void separate() {
        joined = false;
    }

    /** Whether this waiter's turn has come; if so its state says with what. Called under the lock. */
    final boolean tryLeaveQueue() {
        Admission by = admission();
        Host picked = host();
        if (connectionReady(picked)) {
            by.cluster().pendingRequests().decrement();
            activate(by, picked);
            return true;
        }
        joined &= picked.connecting().get() > 0;
        if (!joined && by.mayOpen(picked)) {
            reserveConnection(picked);
            return true;
        }
        return false;
    }

    /**
     * The transport opens a connection for this attempt. Counted until the lease is closed, which must happen once, when the
     * connection is closed or could not be opened.
     */
    public final ConnectionLease connectionOpening() {
        Admission by = admission();
        ClusterState cluster = by.cluster();
        cluster.counters().count(ClusterStat.CX_TOTAL);
        host().counters().count(HostStat.CX_TOTAL);
        cluster.lock().lock();
        try {
            if (permitState() == State.CONNECTING && !opening) {
                opening = true;
            } else {
                host().connectionOpening();
            }
        } finally {
            cluster.lock().unlock();
        }
        return new ConnectionLease(by, host());
    }

    /**
     * The attempt has a connection, a new one or one that was idle.
     *
     * @return false if the cluster has as many requests as it may: the attempt overflows
     */
    protected final boolean connectionReached() {
        if (permitState() == State.ACTIVE) {
            return true;
        }
        Admission by = admission();
        ClusterState cluster = by.cluster();
        boolean wake = false;
        cluster.lock().lock();
        try {
            if (permitState() == State.CONNECTING) {
                wake = leaveConnecting(cluster) || streams > 1;
                activate(by, host());
            }
        } finally {
            cluster.lock().unlock();
        }
        if (wake) {
            by.wake();
        }
        return permitState() == State.ACTIVE;
    }

    /** The attempt is over: its response complete, or failed, or never sent. Further calls change nothing. */
    public final void release() {
        Admission by = admission;
        if (by == null || released()) {
            return;
        }
        ClusterState cluster = by.cluster();
        boolean wake;
        cluster.lock().lock();
        try {
            leave(cluster);
            wake = !cluster.waiters().isEmpty();
        } finally {
            cluster.lock().unlock();
        }
        if (wake) {
            by.wake();
        }
    }

    private void leave(ClusterState cluster) {
        switch (permitState()) {
            case WAITING -> {
                cluster.waiters().remove(this);
                cluster.pendingRequests().decrement();
            }
            case CONNECTING -> {
                leaveConnecting(cluster);
                admission().separateWaiters(host());
            }
            case ACTIVE -> {
                host().activeRequests().decrement();
                cluster.activeRequests().decrement();
            }
            case OVERFLOW, RELEASED -> {}
        }
        become(State.RELEASED);
    }

    private boolean connectionReady(Host picked) {
        long established = picked.connections().get() - picked.connecting().get();
        return established > picked.activeRequests().get() / streams;
    }

    private void activate(Admission by, Host picked) {
        if (by.cluster().activeRequests().tryIncrement(by.thresholds().maxRequests())) {
            picked.activeRequests().increment();
            picked.counters().count(HostStat.RQ_TOTAL);
            by.cluster().counters().count(ClusterStat.RQ_TOTAL);
            by.begun();
            become(State.ACTIVE);
        } else {
            become(State.OVERFLOW);
        }
    }

    private void reserveConnection(Host picked) {
        picked.connectionOpening();
        picked.connecting().increment();
        become(State.CONNECTING);
    }

    /** Gives back the reserved connection if the transport did not open one after all; says whether it did so. */
    private boolean leaveConnecting(ClusterState cluster) {
        cluster.pendingRequests().decrement();
        host().connecting().decrement();
        if (opening) {
            return false;
        }
        host().connectionClosed();
        return true;
    }

    private Admission admission() {
        return Objects.requireNonNull(admission, "not admitted");
    }
}

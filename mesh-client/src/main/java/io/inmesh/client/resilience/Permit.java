package io.inmesh.client.resilience;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.ConnectionWaiter;
import io.inmesh.client.host.Host;

/**
 * One attempt's place in a cluster, from the pick of its host to the last byte of its response. Its state changes under the cluster's
 * lock. Thread-safe: the transport reports connections from its own threads.
 */
public final class Permit implements ConnectionWaiter {

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
        /** Over. */
        RELEASED
    }

    private final Admission admission;
    private final Host host;
    private final boolean multiplexed;
    private final Runnable granted;
    private volatile State state = State.RELEASED;
    private boolean opening;

    Permit(Admission admission, Host host, boolean multiplexed, Runnable granted) {
        this.admission = admission;
        this.host = host;
        this.multiplexed = multiplexed;
        this.granted = granted;
    }

    public State state() {
        return state;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public void granted() {
        granted.run();
    }

    void enter() {
        if (connectionReady()) {
            activate();
        } else if (!cluster()
                .pendingRequests()
                .tryIncrement(admission.thresholds().maxPendingRequests())) {
            state = State.OVERFLOW;
        } else if (admission.mayOpen(host)) {
            reserveConnection();
        } else {
            state = State.WAITING;
            cluster().waiters().add(this);
        }
    }

    /** Whether this waiter's turn has come; if so its state says with what. Called under the lock. */
    boolean tryLeaveQueue() {
        if (connectionReady()) {
            cluster().pendingRequests().decrement();
            activate();
            return true;
        }
        if (admission.mayOpen(host)) {
            reserveConnection();
            return true;
        }
        return false;
    }

    /**
     * The transport opens a connection for this attempt. Counted until the lease is closed, which must happen once, when the
     * connection is closed or could not be opened.
     */
    public ConnectionLease connectionOpening() {
        ClusterState cluster = cluster();
        cluster.lock().lock();
        try {
            if (state == State.CONNECTING && !opening) {
                opening = true;
            } else {
                host.connectionOpening();
            }
        } finally {
            cluster.lock().unlock();
        }
        return new ConnectionLease(admission, host);
    }

    /**
     * The attempt has a connection, a new one or one that was idle.
     *
     * @return false if the cluster has as many requests as it may: the attempt overflows
     */
    public boolean connected() {
        ClusterState cluster = cluster();
        boolean wake = false;
        cluster.lock().lock();
        try {
            if (state == State.CONNECTING) {
                wake = leaveConnecting() || multiplexed;
                activate();
            }
        } finally {
            cluster.lock().unlock();
        }
        if (wake) {
            admission.wake();
        }
        return state == State.ACTIVE;
    }

    /** The attempt is over: its response complete, or failed, or never sent. Further calls change nothing. */
    public void release() {
        ClusterState cluster = cluster();
        cluster.lock().lock();
        try {
            switch (state) {
                case WAITING -> {
                    cluster.waiters().remove(this);
                    cluster.pendingRequests().decrement();
                }
                case CONNECTING -> leaveConnecting();
                case ACTIVE -> {
                    host.activeRequests().decrement();
                    cluster.activeRequests().decrement();
                }
                case OVERFLOW, RELEASED -> {
                    return;
                }
            }
            state = State.RELEASED;
        } finally {
            cluster.lock().unlock();
        }
        admission.wake();
    }

    private boolean connectionReady() {
        long established = host.connections().get() - host.connecting().get();
        return multiplexed
                ? established > 0
                : established > host.activeRequests().get();
    }

    private void activate() {
        if (cluster().activeRequests().tryIncrement(admission.thresholds().maxRequests())) {
            host.activeRequests().increment();
            state = State.ACTIVE;
        } else {
            state = State.OVERFLOW;
        }
    }

    private void reserveConnection() {
        host.connectionOpening();
        host.connecting().increment();
        state = State.CONNECTING;
    }

    /** Gives back the reserved connection if the transport did not open one after all; says whether it did so. */
    private boolean leaveConnecting() {
        cluster().pendingRequests().decrement();
        host.connecting().decrement();
        if (opening) {
            return false;
        }
        host.connectionClosed();
        return true;
    }

    private ClusterState cluster() {
        return admission.cluster();
    }
}

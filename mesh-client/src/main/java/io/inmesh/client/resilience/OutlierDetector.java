package io.inmesh.client.resilience;

import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.OutlierState;
import io.inmesh.client.host.Sweeps;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Ejects hosts that fail several times in a row, and lets them return. It owns no timer: the sweeps that Envoy makes every interval are
 * made up for before the next pick, each as of the instant at which it was due, so that what a pick sees is the same. Thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">Envoy, outlier detection</a>
 */
public final class OutlierDetector {

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    // Made up for one by one; before that many nothing that still matters can have happened except hosts' return.
    private static final long MAX_SWEEPS_AT_ONCE = 4096;

    private final OutlierDetection settings;
    private final ClusterState cluster;
    private final List<Host> hosts;
    private final RandomGenerator chance;
    private final long intervalNanos;
    private final long baseEjectionNanos;
    private final long maxEjectionNanos;

    /** Watches the hosts that the snapshot names. */
    public OutlierDetector(OutlierDetection settings, ClusterState cluster, List<Host> hosts, RandomGenerator chance) {
        this.settings = settings;
        this.cluster = cluster;
        this.hosts = List.copyOf(hosts);
        this.chance = chance;
        this.intervalNanos = Math.max(1, settings.interval().toNanos());
        this.baseEjectionNanos = settings.baseEjectionTime().toNanos();
        this.maxEjectionNanos = settings.maxEjectionTime().toNanos();
    }

    /** The host answered; for gRPC, the HTTP status that goes with its gRPC status. */
    public void onResponse(Host host, int status, long nowNanos) {
        OutlierState state = host.outlier();
        if (status < 500 || status > 599) {
            reset(state.consecutive5xx());
            reset(state.consecutiveGatewayFailure());
            return;
        }
        if (status >= SERVICE_UNAVAILABLE - 1 && status <= GATEWAY_TIMEOUT) {
            count(state.consecutiveGatewayFailure(), settings.consecutiveGatewayFailure(), host, nowNanos);
        } else {
            reset(state.consecutiveGatewayFailure());
        }
        count(state.consecutive5xx(), settings.consecutive5xx(), host, nowNanos);
    }

    /** A connection to the host came about, or one was there. */
    public void onConnected(Host host) {
        if (settings.splitExternalLocalOriginErrors()) {
            reset(host.outlier().consecutiveLocalOriginFailure());
        }
    }

    /** The attempt ended without an answer, other than by our own overflow or our own caller. */
    public void onReset(Host host, long nowNanos) {
        onLocalOrigin(host, SERVICE_UNAVAILABLE, nowNanos);
    }

    /** The per-try or the global timeout expired before an answer. */
    public void onTimeout(Host host, long nowNanos) {
        onLocalOrigin(host, GATEWAY_TIMEOUT, nowNanos);
    }

    private void onLocalOrigin(Host host, int statusUnlessSplit, long nowNanos) {
        if (settings.splitExternalLocalOriginErrors()) {
            count(
                    host.outlier().consecutiveLocalOriginFailure(),
                    settings.consecutiveLocalOriginFailure(),
                    host,
                    nowNanos);
        } else {
            onResponse(host, statusUnlessSplit, nowNanos);
        }
    }

    private static void reset(AtomicInteger counter) {
        // Reading first keeps the line shared between cores while all is well.
        if (counter.get() != 0) {
            counter.set(0);
        }
    }

    private void count(AtomicInteger counter, Consecutive limit, Host host, long nowNanos) {
        if (counter.incrementAndGet() != limit.threshold() || host.ejected()) {
            return;
        }
        cluster.lock().lock();
        try {
            if (!host.ejected()) {
                if (mayEject() && drawn(limit.enforcing())) {
                    eject(host.outlier(), nowNanos);
                }
                counter.set(0);
            }
        } finally {
            cluster.lock().unlock();
        }
    }

    private boolean mayEject() {
        long ejected = hosts.stream().filter(Host::ejected).count();
        boolean withinPercent = 100.0 * (ejected + 1) / hosts.size() <= Math.min(100, settings.maxEjectionPercent());
        return withinPercent || (settings.alwaysEjectOneHost() && ejected == 0);
    }

    private boolean drawn(long percent) {
        return percent >= 100 || (percent > 0 && Long.remainderUnsigned(chance.nextLong(), 100) < percent);
    }

    private void eject(OutlierState state, long nowNanos) {
        int backOff = state.backOff();
        if (backOff * baseEjectionNanos < maxEjectionNanos + baseEjectionNanos) {
            backOff++;
        }
        state.backOff(backOff);
        long jitterMillis = settings.maxEjectionTimeJitter().toMillis();
        long jitter = jitterMillis == 0 ? 0 : Long.remainderUnsigned(chance.nextLong(), jitterMillis + 1) * 1_000_000;
        state.eject(nowNanos, Math.min(backOff * baseEjectionNanos, maxEjectionNanos) + jitter);
        cluster.healthChanged();
    }

    /** Makes up for sweeps that were due by now; cheap if none was. */
    public void sweep(long nowNanos) {
        if (nowNanos - cluster.sweeps().lastNanos() < intervalNanos) {
            return;
        }
        cluster.lock().lock();
        try {
            Sweeps sweeps = cluster.sweeps();
            long due = (nowNanos - sweeps.lastNanos()) / intervalNanos;
            long last = sweeps.lastNanos() + due * intervalNanos;
            for (long i = Math.min(due, MAX_SWEEPS_AT_ONCE) - 1; i >= 0 && anyRemembered(); i--) {
                sweepAt(last - i * intervalNanos);
            }
            sweeps.sweptAt(last);
        } finally {
            cluster.lock().unlock();
        }
    }

    private boolean anyRemembered() {
        for (Host host : hosts) {
            if (host.ejected() || host.outlier().backOff() != 0) {
                return true;
            }
        }
        return false;
    }

    private void sweepAt(long instant) {
        for (Host host : hosts) {
            OutlierState state = host.outlier();
            if (state.mayReturn(instant)) {
                state.comeBack(instant);
                cluster.healthChanged();
            } else if (!state.ejected() && state.backOff() != 0 && state.returnedFor(intervalNanos, instant)) {
                state.backOff(state.backOff() - 1);
            }
        }
    }
}

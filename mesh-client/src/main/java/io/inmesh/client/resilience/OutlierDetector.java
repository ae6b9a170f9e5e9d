package io.inmesh.client.resilience;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.host.ClusterState;
import io.inmesh.client.host.Ejections;
import io.inmesh.client.host.Host;
import io.inmesh.client.host.OutlierState;
import io.inmesh.client.host.Sweeps;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.Consecutive;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ejects hosts that fail several times in a row, or more often than the others, and lets them return. It owns no timer: the sweeps that
 * Envoy makes every interval are made up for before the next pick, each as of the instant at which it was due, so that what a pick sees is
 * the same. Thread-safe.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">Envoy, outlier detection</a>
 */
public final class OutlierDetector {

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    // Made up for one by one; before that many nothing that still matters can have happened except hosts' return.
    private static final long MAX_SWEEPS_AT_ONCE = 4096;

    private final OutlierDetection settings;
    private final ClusterState cluster;
    private final List<Host> hosts;
    private final RandomGenerator chance;
    private final @Nullable Predicate<MeshResponse> errors;
    private final FailureRates rates;
    private final long intervalNanos;
    private final long baseEjectionNanos;
    private final long maxEjectionNanos;

    /**
     * Watches the hosts that the snapshot names.
     *
     * @param errors which answers are failures; null for those with a 5xx status
     */
    public OutlierDetector(
            OutlierDetection settings,
            ClusterState cluster,
            List<Host> hosts,
            RandomGenerator chance,
            @Nullable Predicate<MeshResponse> errors) {
        this.settings = settings;
        this.cluster = cluster;
        this.hosts = List.copyOf(hosts);
        this.chance = chance;
        this.errors = errors;
        this.rates = new FailureRates(settings, this.hosts);
        this.intervalNanos = Math.max(1, settings.interval().toNanos());
        this.baseEjectionNanos = settings.baseEjectionTime().toNanos();
        this.maxEjectionNanos = settings.maxEjectionTime().toNanos();
    }

    /** Which answers are failures; null for those with a 5xx status. */
    public @Nullable Predicate<MeshResponse> errors() {
        return errors;
    }

    /**
     * The host answered.
     *
     * @param status for gRPC, the HTTP status that goes with its gRPC status
     */
    public void onResponse(Host host, MeshResponse head, int status, long nowNanos) {
        if (errors == null) {
            onStatus(host, status, nowNanos);
        } else if (errors.test(head)) {
            onStatus(host, Math.max(SERVER_ERROR, status), nowNanos);
        } else {
            onStatus(host, OK, nowNanos);
        }
    }

    private void onStatus(Host host, int status, long nowNanos) {
        OutlierState state = host.outlier();
        boolean failed = status >= 500 && status <= 599;
        if (rates.wanted()) {
            state.external().count(!failed);
        }
        if (!failed) {
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
            if (rates.wanted()) {
                host.outlier().localOrigin().count(true);
            }
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
        if (!settings.splitExternalLocalOriginErrors()) {
            onStatus(host, statusUnlessSplit, nowNanos);
            return;
        }
        OutlierState state = host.outlier();
        if (rates.wanted()) {
            state.localOrigin().count(false);
        }
        count(state.consecutiveLocalOriginFailure(), settings.consecutiveLocalOriginFailure(), host, nowNanos);
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
                tryEject(host, limit.enforcing(), nowNanos);
                counter.set(0);
            }
        } finally {
            cluster.lock().unlock();
        }
    }

    private void tryEject(Host host, long enforcing, long nowNanos) {
        if (!host.ejected() && mayEject() && drawn(enforcing)) {
            eject(host, nowNanos);
        }
    }

    private boolean mayEject() {
        int ejected = cluster.ejections().count();
        boolean withinPercent = 100.0 * (ejected + 1) / hosts.size() <= Math.min(100, settings.maxEjectionPercent());
        return withinPercent || (settings.alwaysEjectOneHost() && ejected == 0);
    }

    private boolean drawn(long percent) {
        return percent >= 100 || (percent > 0 && Long.remainderUnsigned(chance.nextLong(), 100) < percent);
    }

    private void eject(Host host, long nowNanos) {
        OutlierState state = host.outlier();
        int backOff = state.backOff();
        if (backOff * baseEjectionNanos < maxEjectionNanos + baseEjectionNanos) {
            backOff++;
        }
        state.backOff(backOff);
        long jitterMillis = settings.maxEjectionTimeJitter().toMillis();
        long jitter = jitterMillis == 0 ? 0 : Long.remainderUnsigned(chance.nextLong(), jitterMillis + 1) * 1_000_000;
        cluster.ejections().eject(host, nowNanos, Math.min(backOff * baseEjectionNanos, maxEjectionNanos) + jitter);
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
            long first = Math.min(due, MAX_SWEEPS_AT_ONCE) - 1;
            for (long i = first; i >= 0 && (i == first || !cluster.ejections().isEmpty()); i--) {
                sweepAt(last - i * intervalNanos, i == first);
            }
            sweeps.sweptAt(last);
        } finally {
            cluster.lock().unlock();
        }
    }

    /** In Envoy's order: hosts return, rates are judged, and who behaved for an interval is trusted a little more. */
    private void sweepAt(long instant, boolean judgeRates) {
        Ejections ejections = cluster.ejections();
        for (Host host : ejections.remembered()) {
            if (host.outlier().mayReturn(instant)) {
                ejections.comeBack(host, instant);
            }
        }
        if (judgeRates && rates.wanted()) {
            rates.judge((host, enforcing) -> tryEject(host, enforcing, instant));
        }
        for (Host host : ejections.remembered()) {
            OutlierState state = host.outlier();
            if (!state.ejected() && state.returnedFor(intervalNanos, instant)) {
                state.backOff(Math.max(0, state.backOff() - 1));
                if (state.backOff() == 0) {
                    ejections.forget(host);
                }
            }
        }
    }
}

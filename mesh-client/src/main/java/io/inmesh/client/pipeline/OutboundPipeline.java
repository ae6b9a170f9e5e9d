package io.inmesh.client.pipeline;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.client.resilience.CallGuards;
import io.inmesh.client.route.LocalPolicies;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.SnapshotHolder;
import io.inmesh.xds.state.HostDemand;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of a request that goes out. Every policy is one of these steps, in this order; a driver does what they ask for (wait,
 * send) and comes back. Thread-safe; each request is an {@link OutboundCall} of its own.
 */
public final class OutboundPipeline {

    private final SnapshotHolder<MeshSnapshot> snapshots;
    private final MeshClock clock;
    private final @Nullable MeshListener listener;
    private final RandomGenerator chance;
    private final String callerAddress;
    private final LocalPolicies policies;
    private final Step[] steps;
    private volatile @Nullable HostDemand demand;

    /**
     * Wires the steps.
     *
     * @param chance shared by all calls, so thread-safe
     * @param listener null if nobody listens
     * @param callerAddress of this process, by which consistent hashing may choose
     * @param policies what the application asks of its own calls
     * @param beyond what goes beyond Envoy
     */
    public OutboundPipeline(
            SnapshotHolder<MeshSnapshot> snapshots,
            MeshClock clock,
            RandomGenerator chance,
            @Nullable MeshListener listener,
            String callerAddress,
            LocalPolicies policies,
            BeyondEnvoy beyond) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.chance = chance;
        this.listener = listener;
        this.callerAddress = callerAddress;
        this.policies = policies;
        this.steps = new Step[] {
            new ChooseRoute(beyond), // virtual host, first matching route, cluster by weight: NR
            new AskGuard(), // the application's own breaker and limits: UO, RL
            new DelayByFault(chance), // faults come before the router: no timeout, retry or limit covers them
            new AbortByFault(chance), // FI
            new AnswerPreflight(), // CORS
            new EnterRouter(beyond), // direct response, redirect, NC; from here on the route's timers run
            new PickHost(this), // UH; each further attempt begins here
            new SendCopies(chance), // mirrors, once
            new Admit(), // circuit breakers: a connection, a place in the queue, or UO
            new Send(), // the driver's part: an answer's head, a reset or a timeout
            new RecordOutcome(), // host counters, outlier detection
            new DecideRetry(chance, beyond) // back to PickHost, or UF, UC, UR, UT, URX, or the answer
        };
    }

    /** As Envoy. */
    public OutboundPipeline(
            SnapshotHolder<MeshSnapshot> snapshots,
            MeshClock clock,
            RandomGenerator chance,
            @Nullable MeshListener listener,
            String callerAddress,
            LocalPolicies policies) {
        this(snapshots, clock, chance, listener, callerAddress, policies, BeyondEnvoy.NOTHING);
    }

    /** With a caller whose address nobody asks for, and that asks for nothing of its own. */
    public OutboundPipeline(
            SnapshotHolder<MeshSnapshot> snapshots,
            MeshClock clock,
            RandomGenerator chance,
            @Nullable MeshListener listener) {
        this(snapshots, clock, chance, listener, "127.0.0.1", new LocalPolicies(CallGuards.none(), chance, false));
    }

    /** Where attempts begin. */
    static final int FIRST_OF_ATTEMPT = 6;

    /** Where what came of an attempt is looked at. */
    static final int AFTER_SEND = 10;

    /**
     * Begins a call with the snapshot of this moment.
     *
     * @param readyWaitNanos how long to wait for the first snapshot
     * @throws MeshNotReadyException if there is none in that time
     */
    Next begin(OutboundCall call, long readyWaitNanos) throws MeshNotReadyException, InterruptedException {
        MeshSnapshot snapshot = snapshots.current();
        if (snapshot == null) {
            snapshot = snapshots.await(readyWaitNanos);
        }
        if (snapshot == null) {
            throw new MeshNotReadyException("no complete mesh configuration yet; call of " + call.request.authority());
        }
        HostDemand hosts = demand;
        if (hosts != null && call.request.scheme().equals("http")) {
            snapshot = withHost(hosts, call, snapshot);
        }
        call.snapshot = snapshot;
        call.request = NormalRequest.of(call.request, snapshot);
        call.random = chance.nextLong();
        call.startNanos = clock.nanoTime();
        call.nowNanos = call.startNanos;
        call.listener = listener == null ? null : listener.callStarted(MeshListener.Reporter.SOURCE, call.request);
        return run(call);
    }

    /** Whether {@link #begin} would not wait. */
    boolean beginsAtOnce(OutboundCall call) {
        HostDemand hosts = demand;
        return snapshots.current() != null
                && (hosts == null
                        || !call.request.scheme().equals("http")
                        || hosts.known(Authority.port(call.request), call.request.authority()));
    }

    /** Routes of hosts that nobody has called yet come from there; the first call of such a host waits for them. */
    public void demand(HostDemand source) {
        demand = source;
    }

    private MeshSnapshot withHost(HostDemand hosts, OutboundCall call, MeshSnapshot before)
            throws InterruptedException {
        int port = Authority.port(call.request);
        if (hosts.known(port, call.request.authority())) {
            return before;
        }
        hosts.await(port, call.request.authority());
        MeshSnapshot after = snapshots.current();
        return after == null ? before : after;
    }

    /** What would become of the request now, and why; nothing is sent and nothing counted. */
    public Explanation explain(MeshRequest request) {
        MeshSnapshot snapshot = snapshots.current();
        return snapshot == null
                ? Explainer.notReady()
                : explainer(snapshot, NormalRequest.of(request, snapshot)).explain();
    }

    private Explainer explainer(MeshSnapshot snapshot, MeshRequest request) {
        return new Explainer(snapshot, request, chance.nextLong(), policies.of(request.policy()));
    }

    /** What the application asks of its own calls. */
    public LocalPolicies policies() {
        return policies;
    }

    /** Whether calls can be made without waiting. */
    public boolean ready() {
        return snapshots.current() != null;
    }

    Next run(OutboundCall call) {
        Next next = Next.CONTINUE;
        while (next == Next.CONTINUE) {
            next = steps[call.nextStep++].run(call);
        }
        return next;
    }

    MeshClock clock() {
        return clock;
    }

    RandomGenerator chance() {
        return chance;
    }

    String callerAddress() {
        return callerAddress;
    }
}

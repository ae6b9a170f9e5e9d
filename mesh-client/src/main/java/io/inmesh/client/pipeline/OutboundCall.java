package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallListener;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.resilience.FaultPolicy;
import io.inmesh.client.resilience.OutlierDetector;
import io.inmesh.client.resilience.Permit;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.MirrorPolicy;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, as a state machine and a ledger: each method takes what has happened and says what is to be done, and what was
 * decided stands in the fields. It is the one object that a call costs; its place in the cluster, its timer and the attempt under way are
 * facets of it. It keeps the snapshot that it began with. Its methods are called one at a time, by one driver; {@link Attempt}'s events and
 * the call's endings may come from other threads.
 */
public abstract class OutboundCall extends Permit implements Attempt, ResponseEnd {

    private static final AtomicIntegerFieldUpdater<OutboundCall> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(OutboundCall.class, "ended");

    final OutboundPipeline pipeline;

    /** As the caller made it until the call begins; from then on with the path that routes look at. */
    MeshRequest request;

    // What the steps have decided so far; written by them alone.
    MeshSnapshot snapshot = MeshSnapshot.EMPTY;
    long random;

    @Nullable
    CallListener listener;

    int nextStep;

    @Nullable
    CompiledRoute route;

    RouteTarget.@Nullable Forward forward;
    ClusterChoice.@Nullable Share share;

    @Nullable
    UpstreamCluster cluster;

    Timeouts timeouts = Timeouts.NONE;
    boolean retries;
    int attempts;

    @Nullable
    Endpoint endpoint;

    @Nullable
    PastAttempt past;

    @Nullable
    TriedPriorities tried;

    @Nullable
    RequestKey key;

    AttemptProgress progress = AttemptProgress.UNKNOWN;

    boolean holdsRetry;
    boolean guarded;
    long pauseNanos;

    @Nullable
    LocalReply reply;

    // No listener takes it for HTTP.
    boolean raw;
    // Of a page that may read the answer.
    @Nullable
    String origin;

    // The call that this one copies.
    @Nullable
    OutboundCall original;

    private @Nullable FaultPolicy fault;

    // What came of the attempt: an answer's head, or why there is none.
    @Nullable
    MeshResponse head;

    @Nullable
    ResetReason reset;

    String detail = "";
    boolean requestStarted;
    Timeout timeout = Timeout.NONE;

    // Instants of the clock, each read once: the call's begin, the router's, the attempt's, the last event's.
    long startNanos;
    long routerNanos;
    long attemptNanos;
    long nowNanos;

    // Until when whoever called this process wants its own answer.
    long deadlineNanos = Long.MAX_VALUE;

    // The attempt's request is out, so that its idleness counts.
    volatile boolean listening;
    // 0 while the route's timer does not run.
    volatile long routeEndNanos;
    // When a byte went to or came from the caller last; kept only where idleness is limited.
    volatile long movedNanos;
    private long flags;
    private volatile int ended;

    OutboundCall(OutboundPipeline pipeline, MeshRequest request) {
        this.pipeline = pipeline;
        this.request = request;
    }

    /** What the application asks of this call; looked up, because most calls have none and the object is to stay small. */
    final @Nullable LocalPolicy local() {
        return pipeline.policies().of(request.policy());
    }

    /** The pause is over, or the connection granted. */
    final Next resumed() {
        nowNanos = pipeline.clock().nanoTime();
        return pipeline.run(this);
    }

    /** The attempt has been answered; there will be no retry after {@link Next#DELIVER}. */
    final Next answered(MeshResponse answer) {
        head = answer;
        reset = null;
        requestStarted = true;
        return attemptOver();
    }

    /**
     * The attempt ended without an answer.
     *
     * @param words the transport's; may be empty
     * @param started some of the request went out
     */
    final Next unanswered(ResetReason reason, String words, boolean started) {
        return over(reason, words, started, Timeout.NONE);
    }

    /**
     * A timer of the attempt expired before an answer; whatever the transport still does is void.
     *
     * @param which one of the attempt's
     */
    final Next attemptTimedOut(boolean started, Timeout which) {
        return over(ResetReason.LOCAL_RESET, "", started, which);
    }

    /** A timer of the whole call expired before an answer, during an attempt or a pause. */
    final Next timedOut(boolean started) {
        Timeout which = CallLimits.expired(this, pipeline.clock().nanoTime());
        return over(ResetReason.LOCAL_RESET, "", started, which == Timeout.NONE ? Timeout.GLOBAL : which);
    }

    private Next over(ResetReason reason, String words, boolean started, Timeout which) {
        noAnswer(reason, words, started, which);
        return attemptOver();
    }

    private Next attemptOver() {
        nowNanos = pipeline.clock().nanoTime();
        nextStep = OutboundPipeline.AFTER_SEND;
        return pipeline.run(this);
    }

    final void noAnswer(ResetReason reason, String words, boolean started, Timeout which) {
        head = null;
        reset = reason;
        detail = words;
        requestStarted = started;
        timeout = which;
    }

    /** What to answer with. */
    public final LocalReply reply() {
        return Objects.requireNonNull(reply, "no local reply");
    }

    @Override
    public final void moved() {
        if (timeouts.idleNanos() > 0 || CallLimits.tryIdleNanos(this) > 0) {
            movedNanos = pipeline.clock().nanoTime();
        }
    }

    /** Whether an attempt that waited for a connection need no longer wait. */
    final boolean connectionGranted() {
        return permitState() != State.WAITING;
    }

    @Override
    public final int number() {
        return attempts;
    }

    @Override
    public final UpstreamCluster cluster() {
        return Objects.requireNonNull(cluster, "no cluster yet");
    }

    @Override
    public final Endpoint endpoint() {
        return Objects.requireNonNull(endpoint, "no attempt yet");
    }

    @Override
    public final long perTryTimeoutNanos() {
        return timeouts.perTryNanos();
    }

    @Override
    public final String path() {
        return RequestEdits.path(this);
    }

    @Override
    public final String authority() {
        return RequestEdits.authority(this);
    }

    @Override
    public final void editHeaders(HeaderEditor headers) {
        RequestEdits.apply(this, headers);
    }

    /** An upgrade has an HTTP/1.1 connection of its own. */
    @Override
    public final boolean multiplexed() {
        return cluster().http2(request.http2()) && request.header("upgrade") == null;
    }

    @Override
    public final boolean raw() {
        return raw;
    }

    @Override
    public final String requestId() {
        return RequestId.of(random);
    }

    /** Changes a response before the caller sees it, as Envoy's router does; not for local replies, which are complete. */
    public final void editResponse(HeaderEditor headers) {
        RequestEdits.applyToResponse(this, headers);
    }

    @Override
    public final void follow(AttemptProgress told) {
        progress = told;
    }

    /** What the transport of the last attempt told with {@link #follow}. */
    public final AttemptProgress progress() {
        return progress;
    }

    /** The attempts so far, the one under way included; made anew each time it is asked for. */
    public final List<AttemptReport> ledger() {
        return Ledger.of(this);
    }

    @Override
    public final boolean opensConnection() {
        return permitState() == State.CONNECTING;
    }

    @Override
    public final boolean connected() {
        boolean admitted = connectionReached();
        OutlierDetector detector = cluster().outlierDetector();
        if (admitted && detector != null) {
            detector.onConnected(endpoint().host());
        }
        return admitted;
    }

    final void flag(ResponseFlag flag) {
        flags |= FlagSet.of(flag);
    }

    final boolean has(ResponseFlag flag) {
        return (flags & FlagSet.of(flag)) != 0;
    }

    /** Envoy's response flags so far. */
    public final Set<ResponseFlag> flags() {
        return FlagSet.flags(flags);
    }

    /** How many attempts were made. */
    public final int attempts() {
        return attempts;
    }

    @Override
    public void completed() {
        end(null, head == null ? "" : "via_upstream");
    }

    @Override
    public void closedEarly() {
        cancelled();
    }

    @Override
    public void failed(ResetReason reason) {
        end(
                reason.flag(),
                "upstream_reset_after_response_started{" + reason.text().replace(' ', '_') + "}");
    }

    /** A timer expired while the response was read; the caller sees a broken response. */
    final void timedOutInResponse(Timeout which) {
        switch (which) {
            case STREAM -> end(null, "max_duration_timeout");
            case IDLE -> end(ResponseFlag.SI, "stream_idle_timeout");
            case PER_TRY_IDLE -> end(ResponseFlag.UT, "upstream_per_try_idle_timeout");
            case NONE, PER_TRY, GLOBAL -> end(ResponseFlag.UT, "response_timeout");
        }
    }

    /** The caller cancelled, or stopped reading; the host is not to blame. */
    final void cancelled() {
        end(ResponseFlag.DC, "downstream_remote_disconnect");
    }

    /** The call has been answered by ourselves. */
    final void replied(LocalReply localReply) {
        // Envoy's filter manager adds a route's response headers to local replies too.
        LocalReply edited = share == null ? localReply : LocalReplies.edited(this, localReply, share.responseHeaders());
        repliedAsIs(AnswerPreflight.marked(this, edited));
    }

    /** The call has been answered by ourselves, and no edit is for the answer. */
    final void repliedAsIs(LocalReply localReply) {
        reply = localReply;
        LocalPolicy local = local();
        if (local != null && local.fallback() != null && localReply.flag() != null) {
            reply = local.fallback();
        }
        end(localReply.flag(), localReply.details());
    }

    /** Sends a copy on its way, if the request can be sent twice. */
    abstract void sendCopy(MirrorPolicy mirror);

    /** Whether this call may have a fault; one that has may have another. */
    final boolean faultBegins(FaultPolicy policy) {
        boolean begins = fault != null || policy.begin();
        fault = begins ? policy : null;
        return begins;
    }

    final boolean hasEnded() {
        return ended != 0;
    }

    private void end(@Nullable ResponseFlag flag, String details) {
        if (!ENDED.compareAndSet(this, 0, 1)) {
            return;
        }
        if (flag != null) {
            flag(flag);
        }
        if (fault != null) {
            fault.end();
        }
        DecideRetry.giveBackRetry(this);
        release();
        if (guarded) {
            AskGuard.tell(this, flag);
        }
        if (listener != null) {
            listener.callEnded(Reports.call(this, details, pipeline.clock().nanoTime()));
        }
    }
}

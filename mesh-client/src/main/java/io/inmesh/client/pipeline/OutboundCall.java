package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.CallListener;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.RetryState;
import io.inmesh.client.resilience.Timeouts;
import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.CompiledRoute;
import io.inmesh.client.route.HeaderEditor;
import io.inmesh.client.route.MeshSnapshot;
import io.inmesh.client.route.RouteTarget;
import io.inmesh.client.route.UpstreamCluster;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, as a state machine: each method takes what has happened and says what is to be done. It keeps the snapshot that
 * it began with. Its methods are called one at a time, by one driver; {@link Attempt}'s events and the call's endings may come from other
 * threads.
 */
public final class OutboundCall {

    final MeshRequest request;
    final MeshSnapshot snapshot;
    final long random;
    final @Nullable CallListener listener;
    final long startNanos;
    final Set<ResponseFlag> flags = EnumSet.noneOf(ResponseFlag.class);

    // What the steps have decided so far; written by them alone.
    int nextStep;

    @Nullable
    CompiledRoute route;

    RouteTarget.@Nullable Forward forward;
    ClusterChoice.@Nullable Share share;

    @Nullable
    UpstreamCluster cluster;

    Timeouts timeouts = new Timeouts(0, 0);

    @Nullable
    RetryState retries;

    int attempts;

    @Nullable
    Attempt attempt;

    @Nullable
    Outcome outcome;

    long pauseNanos;
    long routerNanos;

    @Nullable
    LocalReply reply;

    private final OutboundPipeline pipeline;
    private final AtomicBoolean ended = new AtomicBoolean();

    OutboundCall(
            OutboundPipeline pipeline,
            MeshRequest request,
            MeshSnapshot snapshot,
            long random,
            @Nullable CallListener listener,
            long startNanos) {
        this.pipeline = pipeline;
        this.request = request;
        this.snapshot = snapshot;
        this.random = random;
        this.listener = listener;
        this.startNanos = startNanos;
    }

    /** Begins. */
    public Next start() {
        return pipeline.run(this);
    }

    /** The pause is over, or the connection granted. */
    public Next resumed() {
        return pipeline.run(this);
    }

    /** The attempt has been answered; there will be no retry after {@link Next#DELIVER}. */
    public Next answered(MeshResponse head) {
        return after(Outcome.answered(head));
    }

    /**
     * The attempt ended without an answer.
     *
     * @param detail the transport's words; may be empty
     * @param requestStarted some of the request went out
     */
    public Next failed(ResetReason reason, String detail, boolean requestStarted) {
        return after(Outcome.reset(reason, detail, requestStarted));
    }

    /** The per-try timer of the attempt expired before an answer; whatever the transport still does is void. */
    public Next perTryTimedOut(boolean requestStarted) {
        return after(Outcome.timedOut(Outcome.Timeout.PER_TRY, requestStarted));
    }

    /** The route's timer expired before an answer, during an attempt or a pause between two. */
    public Next timedOut(boolean requestStarted) {
        return after(Outcome.timedOut(Outcome.Timeout.GLOBAL, requestStarted));
    }

    private Next after(Outcome what) {
        outcome = what;
        nextStep = OutboundPipeline.AFTER_SEND;
        return pipeline.run(this);
    }

    /** How long {@link Next#PAUSE} takes. */
    public long pauseNanos() {
        return pauseNanos;
    }

    /** Whether an attempt that waited for a connection need no longer wait. */
    public boolean connectionGranted() {
        return attempt != null && !attempt.waiting();
    }

    /** What to send, or what was sent last. */
    public Attempt attempt() {
        return Objects.requireNonNull(attempt, "no attempt yet");
    }

    /** What to answer with. */
    public LocalReply reply() {
        return Objects.requireNonNull(reply, "no local reply");
    }

    /** Nanoseconds of the clock at which the route's timer expires; {@link Long#MAX_VALUE} if it is off or does not run yet. */
    public long deadlineNanos() {
        return timeouts.globalNanos() == 0 ? Long.MAX_VALUE : routerNanos + timeouts.globalNanos();
    }

    /** Changes a response before the caller sees it, as Envoy's router does; not for local replies, which are complete. */
    public void editResponse(HeaderEditor headers) {
        long millis = (pipeline.clock().nanoTime() - routerNanos) / 1_000_000;
        headers.set("x-envoy-upstream-service-time", Long.toString(millis));
        if (forward != null && forward.attemptCountInResponse()) {
            headers.set("x-envoy-attempt-count", Integer.toString(attempts));
        }
        if (share != null) {
            share.responseHeaders().apply(headers);
        }
    }

    /** Envoy's response flags so far. */
    public Set<ResponseFlag> flags() {
        return Set.copyOf(flags);
    }

    /** How many attempts were made. */
    public int attempts() {
        return attempts;
    }

    /** The last byte of a delivered response was read. Only the first of these endings counts. */
    public void completed() {
        end(null, outcome != null && outcome.head() != null ? "via_upstream" : "");
    }

    /** The route's timer expired while the response was read; the caller sees a broken response. */
    public void timedOutInResponse() {
        end(ResponseFlag.UT, "response_timeout");
    }

    /** The upstream broke off while the response was read. */
    public void failedInResponse(ResetReason reason) {
        end(
                reason.flag(),
                "upstream_reset_after_response_started{" + reason.text().replace(' ', '_') + "}");
    }

    /** The caller cancelled, or stopped reading; the host is not to blame. */
    public void cancelled() {
        end(ResponseFlag.DC, "downstream_remote_disconnect");
    }

    /** The call has been answered by ourselves. */
    void replied(LocalReply localReply) {
        // Envoy's filter manager adds a route's response headers to local replies too.
        reply = share == null ? localReply : LocalReplies.edited(localReply, share.responseHeaders());
        end(localReply.flag(), localReply.details());
    }

    private void end(@Nullable ResponseFlag flag, String details) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (flag != null) {
            flags.add(flag);
        }
        if (retries != null) {
            retries.end();
        }
        if (attempt != null) {
            attempt.release();
        }
        if (listener != null) {
            listener.callEnded(Reports.call(this, details, pipeline.clock().nanoTime()));
        }
    }
}

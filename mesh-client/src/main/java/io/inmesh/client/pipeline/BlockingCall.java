package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.MirrorPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on the caller's thread. {@link #cancel()} may come from any other.
 *
 * @param <Q> the transport's request
 * @param <R> the transport's response
 */
public final class BlockingCall<Q, R> extends OutboundCall {

    @SuppressWarnings("rawtypes") // a field updater knows the class alone
    private static final AtomicIntegerFieldUpdater<BlockingCall> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(BlockingCall.class, "phase");

    private final BlockingDriver<Q, R> driver;
    private final Q message;
    private volatile boolean cancelled;
    private volatile @Nullable Signal signal;
    // Written before the phase, and read after it.
    private @Nullable Exchange<R> exchange;
    private volatile int phase;
    // 0 while it does not run.
    private volatile long perTryDeadline;
    private boolean timed;
    private @Nullable R response;

    /**
     * How far an attempt has come in the race between its answer, a timer and a cancellation. The field holds it together with the attempt's
     * number, so that a late timer of one attempt cannot end the next.
     */
    private enum Phase {
        NONE,
        SENT,
        ANSWERED,
        DELIVERED,
        PER_TRY_TIMED_OUT,
        PER_TRY_IDLE,
        TIMED_OUT,
        CANCELLED;

        private static final Phase[] ALL = values();

        @SuppressWarnings("EnumOrdinal") // phase and attempt share one field, which is compared and set at once
        int of(int attempt) {
            return (attempt << 3) | ordinal();
        }

        static Phase in(int field) {
            return ALL[field & 7];
        }
    }

    BlockingCall(BlockingDriver<Q, R> driver, Q message, MeshRequest head) {
        super(driver.pipeline, head);
        this.driver = driver;
        this.message = message;
    }

    /**
     * Carries the request through the mesh. Called once.
     *
     * @return the upstream's response, or the local reply that Envoy would give
     * @throws io.inmesh.api.error.MeshNotReadyException if there is no configuration in time
     * @throws IOException if the call is cancelled or its thread interrupted
     */
    public R execute() throws IOException {
        try {
            return run(pipeline.begin(this, driver.readyWaitNanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private R run(Next first) throws IOException, InterruptedException {
        if (runToEnd(first) == Next.DELIVER) {
            return deliver();
        }
        stopTimer();
        return driver.transport.localReply(message, this);
    }

    /** Until there is an answer to deliver, or to give. */
    private Next runToEnd(Next first) throws IOException, InterruptedException {
        Next next = first;
        while (next != Next.REPLY && next != Next.DELIVER) {
            if (cancelled) {
                stop();
                throw new IOException("Canceled");
            }
            next = switch (next) {
                case PAUSE -> pause();
                case AWAIT_CONNECTION -> awaitConnection();
                case SEND -> send();
                case REPLY, DELIVER, CONTINUE -> throw new IllegalStateException("the pipeline stopped at " + next);
            };
        }
        if (cancelled && next == Next.REPLY) {
            stop();
            throw new IOException("Canceled");
        }
        return next;
    }

    @Override
    void sendCopy(MirrorPolicy mirror) {
        Q again = driver.transport.copy(message);
        if (again != null) {
            BlockingCall<Q, R> copy = new BlockingCall<>(driver, again, request);
            SendCopies.begin(copy, this, mirror);
            driver.copies.execute(copy::executeUnheard);
        }
    }

    /** Sends a copy; nobody waits for what comes back. */
    private void executeUnheard() {
        try {
            if (runToEnd(pipeline.run(this)) == Next.DELIVER) {
                Objects.requireNonNull(exchange, "exchange").discard(Objects.requireNonNull(response, "response"));
                completed();
            }
            stopTimer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        } catch (IOException e) {
            stop();
        }
    }

    private Next pause() throws InterruptedException {
        long left = leftNanos();
        long pause = pauseNanos;
        await(() -> cancelled, Math.min(pause, left));
        return pause >= left ? timedOut(false) : resumed();
    }

    private Next awaitConnection() throws InterruptedException {
        boolean granted = await(() -> cancelled || connectionGranted(), leftNanos());
        return granted ? resumed() : timedOut(false);
    }

    private boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        Signal waited = signal;
        if (waited == null) {
            waited = new Signal();
            signal = waited;
        }
        return driver.waiting.await(waited, condition, nanos);
    }

    private void wake() {
        Signal waiting = signal;
        if (waiting != null) {
            waiting.wake();
        }
    }

    @Override
    public void granted() {
        wake();
    }

    private Next send() {
        Exchange<R> current = driver.transport.open(message, this);
        exchange = current;
        phase = Phase.SENT.of(attempts);
        // When the per-try timer will begin is not known yet, but not before now; too early is looked at again.
        long first = perTryTimeoutNanos() == 0 ? Long.MAX_VALUE : nowNanos + perTryTimeoutNanos();
        arm(Math.min(first, CallLimits.next(this)));
        if (cancelled) {
            stop(Phase.CANCELLED);
        }
        ResetReason reason = ResetReason.LOCAL_RESET;
        String words = "";
        boolean started = true;
        R answer = null;
        try {
            answer = current.execute();
            PHASE.compareAndSet(this, Phase.SENT.of(attempts), Phase.ANSWERED.of(attempts));
        } catch (TransportException e) {
            reason = e.reason();
            words = e.detail();
            started = e.requestStarted();
            if (Thread.currentThread().isInterrupted()) {
                // Whoever interrupted broke the connection; the host is not to blame, and the pause that follows ends
                // at once.
                stop(Phase.CANCELLED);
            }
        }
        if (perTryDeadline != 0) {
            perTryDeadline = 0;
        }
        if (listening && Phase.in(phase) != Phase.ANSWERED) {
            listening = false;
        }
        return switch (Phase.in(phase)) {
            case ANSWERED -> answered(current, Objects.requireNonNull(answer));
            case PER_TRY_TIMED_OUT -> voided(current, answer, attemptTimedOut(started, Timeout.PER_TRY));
            case PER_TRY_IDLE -> voided(current, answer, attemptTimedOut(started, Timeout.PER_TRY_IDLE));
            case TIMED_OUT -> voided(current, answer, timedOut(started));
            case CANCELLED -> voided(current, answer, Next.PAUSE);
            case NONE, SENT, DELIVERED -> unanswered(reason, words, started);
        };
    }

    private Next answered(Exchange<R> current, R answer) {
        connected();
        response = answer;
        moved();
        Next next = answered(current.head(answer));
        if (next != Next.DELIVER) {
            listening = false;
            voided(current, answer, next);
        }
        return next;
    }

    private static <R> Next voided(Exchange<R> current, @Nullable R answer, Next next) {
        if (answer != null) {
            current.discard(answer);
        }
        return next;
    }

    private R deliver() {
        // From an answer on, only this thread changes the phase.
        moved();
        PHASE.lazySet(this, Phase.DELIVERED.of(attempts));
        if (CallLimits.next(this) <= nowNanos) {
            expired();
        }
        return driver.transport.deliver(Objects.requireNonNull(response, "response"), this, this);
    }

    /** The per-try timer starts, and for a body that took its time the route's. */
    @Override
    public void requestSent() {
        if (!request.complete()) {
            CallLimits.startRoute(this, driver.clock.nanoTime());
            arm(CallLimits.next(this));
            moved();
        }
        long perTry = perTryTimeoutNanos();
        if (perTry > 0 && perTryDeadline == 0 && Phase.in(phase) == Phase.SENT) {
            perTryDeadline = driver.clock.nanoTime() + perTry;
        }
        if (CallLimits.tryIdleNanos(this) > 0 && !listening && Phase.in(phase) == Phase.SENT) {
            moved();
            listening = true;
            arm(Math.min(perTryDeadline == 0 ? Long.MAX_VALUE : perTryDeadline, CallLimits.next(this)));
        }
    }

    private void arm(long atNanos) {
        if (atNanos != Long.MAX_VALUE) {
            timed = true;
            driver.timers.arm(this, atNanos);
        }
    }

    /** During a pause the thread itself watches the deadline; here it is inside the transport, or gone with the response. */
    @Override
    public void expired() {
        long now = driver.clock.nanoTime();
        int was = phase;
        Timeout route = CallLimits.expired(this, now);
        boolean over = route != Timeout.NONE;
        long perTryEnd = perTryDeadline;
        boolean perTry = perTryEnd != 0 && now >= perTryEnd;
        if (Phase.in(was) == Phase.DELIVERED && over) {
            timedOutInResponse(route);
            cancelExchange();
        } else if (Phase.in(was) == Phase.SENT && (over || perTry)) {
            stop(was, ending(route));
        } else if (!over && !hasEnded()) {
            arm(Math.min(CallLimits.next(this), nextPerTry(was, perTryEnd, now)));
        }
    }

    private static Phase ending(Timeout route) {
        return switch (route) {
            case NONE, PER_TRY -> Phase.PER_TRY_TIMED_OUT;
            case PER_TRY_IDLE -> Phase.PER_TRY_IDLE;
            case GLOBAL, STREAM, IDLE -> Phase.TIMED_OUT;
        };
    }

    private long nextPerTry(int was, long perTryEnd, long now) {
        if (Phase.in(was) != Phase.SENT || perTryTimeoutNanos() == 0) {
            return Long.MAX_VALUE;
        }
        // The request is not out yet: as long again.
        return perTryEnd == 0 ? now + perTryTimeoutNanos() : perTryEnd;
    }

    /** Ends the call: a wait ends at once, an attempt is broken off. What the caller sees is an IOException. */
    public void cancel() {
        cancelled = true;
        wake();
        stop(Phase.CANCELLED);
        cancelExchange();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private void stop(Phase reason) {
        stop(phase, reason);
    }

    /** Ends the attempt for a reason other than the transport's, if it has not ended before. */
    @SuppressWarnings("EnumOrdinal") // phase and attempt share one field, which is compared and set at once
    private void stop(int was, Phase reason) {
        Exchange<R> current = exchange;
        boolean first = Phase.in(was) == Phase.SENT && PHASE.compareAndSet(this, was, (was & ~7) | reason.ordinal());
        if (first && current != null) {
            current.cancel();
        }
    }

    private void cancelExchange() {
        Exchange<R> current = exchange;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void completed() {
        stopTimer();
        super.completed();
    }

    @Override
    public void closedEarly() {
        stopTimer();
        super.closedEarly();
    }

    @Override
    public void failed(ResetReason reason) {
        stopTimer();
        if (cancelled) {
            cancelled();
        } else {
            super.failed(reason);
        }
    }

    private long leftNanos() {
        long limit = CallLimits.next(this);
        return limit == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, limit - driver.clock.nanoTime());
    }

    private void stop() {
        stopTimer();
        cancelled();
    }

    private void stopTimer() {
        if (timed) {
            driver.timers.disarm(this);
        }
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.api.error.MeshNotReadyException;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.Deadline;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.MirrorPolicy;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One request that nobody waits for. What happens to it - an answer, a timer, a grant, a cancellation - is queued and dealt with one at a
 * time, by the thread that finds the queue idle. {@link #cancel()} may come from any thread.
 *
 * @param <Q> the transport's request
 * @param <A> the transport's answer to an attempt
 * @param <R> the response that the caller gets
 */
public final class AsyncCall<Q, A, R> extends OutboundCall {

    private final AsyncDriver<Q, A, R> driver;
    private final Q message;
    private final @Nullable Caller<R> caller;
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingEvents = new AtomicInteger();
    private volatile boolean cancelled;
    // 0 while it does not run; written by the transport's thread too.
    private volatile long perTryDeadline;

    // Of the thread that deals with events.
    private Doing doing = Doing.BEGINNING;
    private long pauseEnd;
    private @Nullable AsyncExchange<A> exchange;
    private @Nullable A response;

    private enum Doing {
        BEGINNING,
        PAUSING,
        AWAITING,
        SENDING,
        DELIVERED,
        OVER
    }

    AsyncCall(AsyncDriver<Q, A, R> driver, Q message, MeshRequest head, @Nullable Caller<R> caller) {
        super(driver.pipeline, head);
        this.driver = driver;
        this.message = message;
        this.caller = caller;
    }

    /** Carries the request through the mesh. Called once; never blocks. The deadline of this thread is the call's. */
    public void start() {
        if (pipeline.beginsAtOnce(this)) {
            happened(this::begin);
            return;
        }
        Deadline deadline = Deadline.current();
        try {
            driver.waits.execute(() -> {
                Deadline.Scope scope = Deadline.with(deadline);
                try (scope) {
                    happened(this::begin);
                }
            });
        } catch (RejectedExecutionException e) {
            happened(() -> fail(new MeshNotReadyException("too many calls wait for the mesh already")));
        }
    }

    private void begin() {
        if (doing != Doing.BEGINNING) {
            return;
        }
        try {
            proceed(pipeline.begin(this, driver.readyWaitNanos));
        } catch (MeshNotReadyException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            fail(interrupted);
        }
    }

    /** Goes on until there is something to wait for, or an answer. */
    private void proceed(Next first) {
        Next next = first;
        if (next == Next.AWAIT_CONNECTION && connectionGranted()) {
            next = resumed();
        }
        switch (next) {
            case PAUSE -> {
                doing = Doing.PAUSING;
                pauseEnd = driver.clock.nanoTime() + pauseNanos;
                arm(Math.min(pauseEnd, CallLimits.next(this)));
            }
            case AWAIT_CONNECTION -> {
                doing = Doing.AWAITING;
                arm(CallLimits.next(this));
            }
            case SEND -> send();
            case REPLY -> {
                over();
                if (caller != null) {
                    caller.answered(driver.transport.localReply(message, this));
                }
            }
            case DELIVER -> deliver();
            case CONTINUE -> throw new IllegalStateException("the pipeline stopped at " + next);
        }
    }

    private void send() {
        AsyncExchange<A> current = driver.transport.open(message, this);
        exchange = current;
        doing = Doing.SENDING;
        perTryDeadline = 0;
        // When the per-try timer will begin is not known yet, but not before now; too early is looked at again.
        long first = perTryTimeoutNanos() == 0 ? Long.MAX_VALUE : nowNanos + perTryTimeoutNanos();
        arm(Math.min(first, CallLimits.next(this)));
        current.send(new AsyncExchange.Outcome<>() {
            @Override
            public void answered(A answer) {
                happened(() -> answeredBy(current, answer));
            }

            @Override
            public void failed(TransportException why) {
                happened(() -> failedBy(current, why));
            }
        });
    }

    /** What comes of an attempt that was given up is void. */
    private boolean isUnderWay(AsyncExchange<A> attempt) {
        return doing == Doing.SENDING && attempt == exchange;
    }

    private void answeredBy(AsyncExchange<A> attempt, A answer) {
        if (!isUnderWay(attempt)) {
            attempt.discard(answer);
            return;
        }
        perTryDeadline = 0;
        connected();
        response = answer;
        moved();
        Next next = answered(attempt.head(answer));
        if (next != Next.DELIVER) {
            listening = false;
            attempt.discard(answer);
        }
        proceed(next);
    }

    private void failedBy(AsyncExchange<A> attempt, TransportException why) {
        if (isUnderWay(attempt)) {
            perTryDeadline = 0;
            listening = false;
            proceed(unanswered(why.reason(), why.detail(), why.requestStarted()));
        }
    }

    private void deliver() {
        moved();
        doing = Doing.DELIVERED;
        A answer = Objects.requireNonNull(response, "response");
        if (caller == null) {
            Objects.requireNonNull(exchange, "exchange").discard(answer);
            completed();
            return;
        }
        if (CallLimits.next(this) <= nowNanos) {
            expireNow();
        }
        caller.answered(driver.transport.deliver(answer, this, this));
    }

    /** The per-try timer starts, and for a body that took its time the route's. */
    @Override
    public void requestSent() {
        if (!request.complete()) {
            CallLimits.startRoute(this, driver.clock.nanoTime());
            arm(CallLimits.next(this));
            moved();
        }
        if (perTryTimeoutNanos() > 0 && perTryDeadline == 0) {
            perTryDeadline = driver.clock.nanoTime() + perTryTimeoutNanos();
        }
        if (CallLimits.tryIdleNanos(this) > 0 && !listening) {
            moved();
            listening = true;
            arm(Math.min(perTryDeadline == 0 ? Long.MAX_VALUE : perTryDeadline, CallLimits.next(this)));
        }
    }

    @Override
    public void granted() {
        happened(() -> {
            if (doing == Doing.AWAITING && connectionGranted()) {
                proceed(resumed());
            }
        });
    }

    @Override
    public void expired() {
        happened(this::expireNow);
    }

    private void expireNow() {
        long now = driver.clock.nanoTime();
        Timeout route = CallLimits.expired(this, now);
        boolean isOver = route != Timeout.NONE;
        switch (doing) {
            case PAUSING -> {
                if (isOver) {
                    proceed(timedOut(false));
                } else if (now >= pauseEnd) {
                    proceed(resumed());
                } else {
                    arm(Math.min(pauseEnd, CallLimits.next(this)));
                }
            }
            case AWAITING -> {
                if (isOver) {
                    proceed(timedOut(false));
                } else {
                    arm(CallLimits.next(this));
                }
            }
            case SENDING -> expireAttempt(route, now);
            case DELIVERED -> {
                if (isOver && !hasEnded()) {
                    timedOutInResponse(route);
                    cancelExchange();
                } else if (!hasEnded()) {
                    arm(CallLimits.next(this));
                }
            }
            case BEGINNING, OVER -> {}
        }
    }

    private void expireAttempt(Timeout route, long now) {
        long end = perTryDeadline;
        if (route == Timeout.NONE && (end == 0 || now < end)) {
            long next = perTryTimeoutNanos() == 0 ? Long.MAX_VALUE : end == 0 ? now + perTryTimeoutNanos() : end;
            arm(Math.min(next, CallLimits.next(this)));
            return;
        }
        AsyncExchange<A> given = Objects.requireNonNull(exchange, "exchange");
        boolean started = given.requestStarted();
        exchange = null;
        given.cancel();
        perTryDeadline = 0;
        listening = false;
        proceed(
                switch (route) {
                    case NONE, PER_TRY -> attemptTimedOut(started, Timeout.PER_TRY);
                    case PER_TRY_IDLE -> attemptTimedOut(started, Timeout.PER_TRY_IDLE);
                    case GLOBAL, STREAM, IDLE -> timedOut(started);
                });
    }

    /** Ends the call: an attempt is broken off, and nothing more is told to the caller. */
    public void cancel() {
        cancelled = true;
        happened(() -> {
            boolean open = doing != Doing.DELIVERED && doing != Doing.OVER;
            cancelExchange();
            if (open) {
                over();
                cancelled();
            }
        });
    }

    private void cancelExchange() {
        AsyncExchange<A> current = exchange;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    void sendCopy(MirrorPolicy mirror) {
        Q again = driver.transport.copy(message);
        if (again != null) {
            AsyncCall<Q, A, R> copy = new AsyncCall<>(driver, again, request, null);
            SendCopies.begin(copy, this, mirror);
            copy.happened(() -> copy.proceed(pipeline.run(copy)));
        }
    }

    @Override
    public void completed() {
        driver.timers.disarm(this);
        super.completed();
    }

    @Override
    public void closedEarly() {
        driver.timers.disarm(this);
        super.closedEarly();
    }

    @Override
    public void failed(ResetReason reason) {
        driver.timers.disarm(this);
        if (cancelled) {
            cancelled();
        } else {
            super.failed(reason);
        }
    }

    private void fail(Exception why) {
        over();
        cancelled();
        if (caller != null) {
            caller.failed(why);
        }
    }

    private void over() {
        doing = Doing.OVER;
        driver.timers.disarm(this);
    }

    private void arm(long atNanos) {
        if (atNanos != Long.MAX_VALUE) {
            driver.timers.arm(this, atNanos);
        }
    }

    private void happened(Runnable event) {
        events.add(event);
        if (waitingEvents.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = Objects.requireNonNull(events.poll(), "an event");
            try {
                next.run();
            } catch (RuntimeException e) {
                // Listeners and clients are not ours; what they throw ends this call and not the thread that came by.
                if (doing != Doing.OVER) {
                    fail(e);
                }
            }
        } while (waitingEvents.decrementAndGet() > 0);
    }

    /**
     * Whoever called; told once.
     *
     * @param <R> the response that he gets
     */
    public interface Caller<R> {

        /** The upstream's response, or the local reply that Envoy would give. */
        void answered(R response);

        /** There is no answer: no configuration came in time, or code of the application failed. */
        void failed(Exception why);
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.ResetReason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt inside the transport, and the race for how it ends: an answer, a timer or a cancellation, whichever comes first.
 *
 * @param <R> the transport's response
 */
final class Sending<R> {

    /** How far it has come; it leaves {@code SENT} once. */
    enum Phase {
        SENT,
        ANSWERED,
        DELIVERED,
        PER_TRY_TIMED_OUT,
        TIMED_OUT,
        CANCELLED
    }

    private final Exchange<R> exchange;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.SENT);
    private volatile Timers.@Nullable Timer perTryTimer;
    private @Nullable R response;

    Sending(Exchange<R> exchange) {
        this.exchange = exchange;
    }

    Exchange<R> exchange() {
        return exchange;
    }

    Phase phase() {
        return Objects.requireNonNull(phase.get());
    }

    R response() {
        return Objects.requireNonNull(response, "response");
    }

    void delivered() {
        phase.compareAndSet(Phase.ANSWERED, Phase.DELIVERED);
    }

    /** Ends it for a reason other than the transport's; false if it had ended before. */
    boolean stop(Phase reason) {
        return phase.compareAndSet(Phase.SENT, reason);
    }

    void startPerTryTimer(Timers timers, long nanos) {
        perTryTimer = timers.schedule(nanos, () -> {
            if (stop(Phase.PER_TRY_TIMED_OUT)) {
                exchange.cancel();
            }
        });
        if (phase() != Phase.SENT) {
            stopPerTryTimer();
        }
    }

    Next run(OutboundCall call, Attempt attempt) {
        ResetReason reason = ResetReason.LOCAL_RESET;
        String detail = "";
        boolean started = true;
        try {
            response = exchange.execute();
            phase.compareAndSet(Phase.SENT, Phase.ANSWERED);
        } catch (TransportException e) {
            reason = e.reason();
            detail = e.detail();
            started = e.requestStarted();
        } finally {
            stopPerTryTimer();
        }
        return switch (phase()) {
            case ANSWERED, DELIVERED -> answered(call, attempt);
            case SENT -> call.failed(reason, detail, started);
            case PER_TRY_TIMED_OUT -> voided(call.perTryTimedOut(started));
            case TIMED_OUT -> voided(call.timedOut(started));
            case CANCELLED -> voided(Next.PAUSE);
        };
    }

    private Next answered(OutboundCall call, Attempt attempt) {
        attempt.connected();
        Next next = call.answered(exchange.head(response()));
        return next == Next.DELIVER ? next : voided(next);
    }

    private Next voided(Next next) {
        if (response != null) {
            exchange.discard(response);
        }
        return next;
    }

    private void stopPerTryTimer() {
        Timers.Timer timer = perTryTimer;
        if (timer != null) {
            timer.cancel();
        }
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.client.pipeline.Sending.Phase;
import io.inmesh.client.resilience.ResetReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on the caller's thread. {@link #cancel()} may come from any other.
 *
 * @param <Q> the transport's request
 * @param <R> the transport's response
 */
public final class BlockingCall<Q, R> {

    private final BlockingDriver<Q, R> driver;
    private final Q request;
    private final MeshRequest head;
    private final Signal signal = new Signal();
    private final BooleanSupplier cancelledNow = this::isCancelled;
    private volatile boolean cancelled;
    private volatile @Nullable Sending<R> sending;
    private Timers.@Nullable Timer routeTimer;

    BlockingCall(BlockingDriver<Q, R> driver, Q request, MeshRequest head) {
        this.driver = driver;
        this.request = request;
        this.head = head;
    }

    /**
     * Carries the request through the mesh. Called once.
     *
     * @return the upstream's response, or the local reply that Envoy would give
     * @throws io.inmesh.api.error.MeshNotReadyException if there is no configuration in time
     * @throws IOException if the call is cancelled or its thread interrupted
     */
    public R execute() throws IOException {
        OutboundCall call = null;
        try {
            call = driver.pipeline.newCall(head, driver.readyWaitNanos);
            return run(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(call);
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Ends the call: a wait ends at once, an attempt is broken off. What the caller sees is an IOException. */
    public void cancel() {
        cancelled = true;
        signal.wake();
        Sending<R> current = sending;
        if (current != null) {
            current.stop(Phase.CANCELLED);
            current.exchange().cancel();
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private R run(OutboundCall call) throws IOException, InterruptedException {
        Next next = call.start();
        while (true) {
            if (cancelled && next != Next.DELIVER) {
                stop(call);
                throw new IOException("Canceled");
            }
            switch (next) {
                case PAUSE -> next = pause(call);
                case AWAIT_CONNECTION -> next = awaitConnection(call);
                case SEND -> next = send(call);
                case REPLY -> {
                    stopTimer();
                    return driver.transport.localReply(request, call);
                }
                case DELIVER -> {
                    return deliver(call);
                }
                case CONTINUE -> throw new IllegalStateException("the pipeline stopped between two steps");
            }
        }
    }

    private Next pause(OutboundCall call) throws InterruptedException {
        long left = leftNanos(call);
        long pause = call.pauseNanos();
        driver.waiting.await(signal, cancelledNow, Math.min(pause, left));
        return pause >= left ? call.timedOut(false) : call.resumed();
    }

    private Next awaitConnection(OutboundCall call) throws InterruptedException {
        call.attempt().onGranted(signal::wake);
        boolean granted = driver.waiting.await(signal, () -> cancelled || call.connectionGranted(), leftNanos(call));
        return granted ? call.resumed() : call.timedOut(false);
    }

    private Next send(OutboundCall call) {
        Attempt attempt = call.attempt();
        Sending<R> current = new Sending<>(driver.transport.open(request, attempt));
        sending = current;
        startRouteTimer(call);
        if (attempt.perTryTimeoutNanos() > 0) {
            attempt.onRequestSent(() -> current.startPerTryTimer(driver.timers, attempt.perTryTimeoutNanos()));
        }
        if (cancelled) {
            current.stop(Phase.CANCELLED);
        }
        return current.run(call, attempt);
    }

    private void startRouteTimer(OutboundCall call) {
        if (routeTimer == null && call.deadlineNanos() != Long.MAX_VALUE) {
            routeTimer = driver.timers.schedule(leftNanos(call), () -> expire(call));
        }
    }

    // During a pause the thread itself watches the deadline; here it is inside the transport, or gone with the
    // response.
    private void expire(OutboundCall call) {
        Sending<R> current = sending;
        if (current == null) {
            return;
        }
        if (current.phase() == Phase.DELIVERED) {
            call.timedOutInResponse();
            current.exchange().cancel();
        } else if (current.stop(Phase.TIMED_OUT)) {
            current.exchange().cancel();
        }
    }

    private R deliver(OutboundCall call) {
        Sending<R> current = Objects.requireNonNull(sending, "sending");
        current.delivered();
        if (leftNanos(call) == 0) {
            expire(call);
        }
        return driver.transport.deliver(current.response(), call, new ResponseEnd() {
            @Override
            public void completed() {
                stopTimer();
                call.completed();
            }

            @Override
            public void closedEarly() {
                stopTimer();
                call.cancelled();
            }

            @Override
            public void failed(ResetReason reason) {
                stopTimer();
                if (cancelled) {
                    call.cancelled();
                } else {
                    call.failedInResponse(reason);
                }
            }
        });
    }

    private long leftNanos(OutboundCall call) {
        long deadline = call.deadlineNanos();
        return deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - driver.clock.nanoTime());
    }

    private void stop(@Nullable OutboundCall call) {
        stopTimer();
        if (call != null) {
            call.cancelled();
        }
    }

    private void stopTimer() {
        Timers.Timer timer = routeTimer;
        if (timer != null) {
            timer.cancel();
        }
    }
}

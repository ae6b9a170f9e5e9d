package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.Timers;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Runs calls without a thread of their own: whoever brings an event, a transport's thread or a timer's, takes the call as far as it goes.
 * Knows no policy. Thread-safe.
 *
 * @param <Q> the transport's request
 * @param <A> the transport's answer to an attempt
 * @param <R> the response that the caller gets
 */
public final class AsyncDriver<Q, A, R> {

    final OutboundPipeline pipeline;
    final AsyncTransport<Q, A, R> transport;
    final Timers timers;
    final MeshClock clock;
    final long readyWaitNanos;
    final Executor waits;

    /**
     * Wires a driver.
     *
     * @param readyWaitNanos how long a call waits for the first snapshot
     * @param waits blocks with calls that have to wait before they can begin, which is seldom; what it has no room for it drops or refuses
     */
    public AsyncDriver(
            OutboundPipeline pipeline,
            AsyncTransport<Q, A, R> transport,
            Timers timers,
            MeshClock clock,
            long readyWaitNanos,
            Executor waits) {
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.timers = Objects.requireNonNull(timers, "timers");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.readyWaitNanos = readyWaitNanos;
        this.waits = Objects.requireNonNull(waits, "waits");
    }

    /**
     * Prepares a call.
     *
     * @param head a view of the request's head
     */
    public AsyncCall<Q, A, R> newCall(Q request, MeshRequest head, AsyncCall.Caller<R> caller) {
        return new AsyncCall<>(this, request, head, caller);
    }
}

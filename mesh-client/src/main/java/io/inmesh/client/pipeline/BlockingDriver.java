package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.Timers;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Runs calls on the caller's thread, platform or virtual: waits and sends as the pipeline says, and knows no policy. Thread-safe.
 *
 * @param <Q> the transport's request
 * @param <R> the transport's response
 */
public final class BlockingDriver<Q, R> {

    final OutboundPipeline pipeline;
    final Transport<Q, R> transport;
    final Timers timers;
    final Signal.Waiting waiting;
    final MeshClock clock;
    final long readyWaitNanos;
    final Executor copies;

    /** Wires a driver that sends no copies; see the other constructor. */
    public BlockingDriver(
            OutboundPipeline pipeline,
            Transport<Q, R> transport,
            Timers timers,
            Signal.Waiting waiting,
            MeshClock clock,
            long readyWaitNanos) {
        this(pipeline, transport, timers, waiting, clock, readyWaitNanos, copy -> {});
    }

    /**
     * Wires a driver.
     *
     * @param timers for the route's timers; their threads run nothing that blocks
     * @param waiting {@code Signal::await}, except in tests that own the clock
     * @param readyWaitNanos how long a call waits for the first snapshot
     * @param copies sends copies of requests for mirrors, and blocks with them; what it has no room for it drops
     */
    public BlockingDriver(
            OutboundPipeline pipeline,
            Transport<Q, R> transport,
            Timers timers,
            Signal.Waiting waiting,
            MeshClock clock,
            long readyWaitNanos,
            Executor copies) {
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.timers = Objects.requireNonNull(timers, "timers");
        this.waiting = Objects.requireNonNull(waiting, "waiting");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.readyWaitNanos = readyWaitNanos;
        this.copies = Objects.requireNonNull(copies, "copies");
    }

    /**
     * Prepares a call.
     *
     * @param head a view of the request's head
     */
    public BlockingCall<Q, R> newCall(Q request, MeshRequest head) {
        return new BlockingCall<>(this, request, head);
    }
}

package io.inmesh.client.adapter.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall.Listener;
import io.inmesh.api.spi.Deadline;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A call that was let through: its handler works under the caller's time limit, and its end is told. One call's. */
final class JudgedListener<Q> extends SimpleForwardingServerCallListener<Q> {

    private final Supplier<Deadline.Scope> limit;
    private final Consumer<Boolean> ended;

    /**
     * A listener.
     *
     * @param limit opens the caller's time limit for the thread
     * @param ended is told whether there was an answer
     */
    JudgedListener(Listener<Q> handler, Supplier<Deadline.Scope> limit, Consumer<Boolean> ended) {
        super(handler);
        this.limit = limit;
        this.ended = ended;
    }

    @Override
    public void onMessage(Q message) {
        Deadline.Scope scope = limit.get();
        try (scope) {
            super.onMessage(message);
        }
    }

    @Override
    public void onHalfClose() {
        Deadline.Scope scope = limit.get();
        try (scope) {
            super.onHalfClose();
        }
    }

    @Override
    public void onComplete() {
        super.onComplete();
        ended.accept(true);
    }

    @Override
    public void onCancel() {
        super.onCancel();
        ended.accept(false);
    }
}

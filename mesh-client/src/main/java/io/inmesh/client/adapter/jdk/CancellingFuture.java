package io.inmesh.client.adapter.jdk;

import java.util.concurrent.CompletableFuture;
import okhttp3.Call;

/** A response to come; cancelling it cancels the call, down to the wire. */
final class CancellingFuture<T> extends CompletableFuture<T> {

    private final Call call;

    CancellingFuture(Call call) {
        this.call = call;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            call.cancel();
        }
        return cancelled;
    }

    /** What is made of it cancels the call too, as with the JDK's own. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CancellingFuture<>(call);
    }
}

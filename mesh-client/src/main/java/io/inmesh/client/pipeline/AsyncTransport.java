package io.inmesh.client.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What carries attempts without a thread that waits for them; otherwise as {@link Transport}. Thread-safe, never blocks.
 *
 * @param <Q> the client's request
 * @param <A> the client's answer to an attempt
 * @param <R> the response that the caller gets
 */
public interface AsyncTransport<Q, A, R> {

    /** Prepares one attempt; nothing is sent yet. */
    AsyncExchange<A> open(Q request, Attempt attempt);

    /** The same request once more, to be sent beside it; null if this request can be sent only once. */
    default @Nullable Q copy(Q request) {
        return null;
    }

    /** The client's form of {@link OutboundCall#reply()}. */
    R localReply(Q request, OutboundCall call);

    /**
     * The response as the caller sees it: headers edited with {@link OutboundCall#editResponse}, and a body that says when it has ended.
     *
     * @param end to be called once
     */
    R deliver(A answer, OutboundCall call, ResponseEnd end);
}

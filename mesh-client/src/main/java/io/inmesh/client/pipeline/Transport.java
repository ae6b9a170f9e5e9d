package io.inmesh.client.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What carries attempts: an HTTP client, in its own types, so that nothing is copied. Thread-safe. It decides nothing: it does not retry,
 * redirect, or time out by itself, apart from connecting.
 *
 * @param <Q> the client's request
 * @param <R> the client's response
 */
public interface Transport<Q, R> {

    /** Prepares one attempt; nothing is sent yet. */
    Exchange<R> open(Q request, Attempt attempt);

    /** The same request once more, to be sent beside it by another thread; null if this request can be sent only once. */
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
    R deliver(R response, OutboundCall call, ResponseEnd end);
}

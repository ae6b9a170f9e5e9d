package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;

/**
 * One attempt under way that nobody waits for. It tells {@link Attempt} of its connection and of the request's last byte.
 *
 * @param <R> the client's response
 */
public interface AsyncExchange<R> {

    /** Sends; called once. The outcome is told once, from any thread, also before this returns. */
    void send(Outcome<R> outcome);

    /** Whether some of the request may have gone out. */
    boolean requestStarted();

    /** A view of the response's head. */
    MeshResponse head(R response);

    /** Throws away a response that the caller will not see. */
    void discard(R response);

    /** Ends it now, from any thread and at any time; an outcome need not be told then. */
    void cancel();

    /**
     * What came of an attempt.
     *
     * @param <R> the client's response
     */
    interface Outcome<R> {

        /** The response's head is there. */
        void answered(R response);

        /** There is none, for the reason in Envoy's words. */
        void failed(TransportException why);
    }
}

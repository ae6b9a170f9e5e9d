package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;

/**
 * One attempt under way. It tells {@link Attempt} of its connection and of the request's last byte.
 *
 * @param <R> the client's response
 */
public interface Exchange<R> {

    /**
     * Sends, and blocks until the response's head is there. Called once.
     *
     * @throws TransportException if there is none, with the reason in Envoy's words
     */
    R execute() throws TransportException;

    /** A view of the response's head. */
    MeshResponse head(R response);

    /** Throws away a response that the caller will not see. */
    void discard(R response);

    /** Ends it now, from any thread and at any time; {@link #execute()} then fails soon, as does reading the response. */
    void cancel();
}

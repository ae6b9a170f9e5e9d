package io.inmesh.api.http;

/** The head of a response as policies see it. Adapters implement it as a view over their own response. */
public interface MeshResponse extends MeshHeaders {

    /** The status code. */
    int status();
}

package io.inmesh.spring.autoconfigure;

/** A server of the mesh that is about to stop. */
interface DrainedServer {

    /** Every answer from now on is the last one of its connection; those of HTTP/2 end when the server stops. */
    void lastAnswers();

    /** Closes the ports; tells how many connections still want an answer. */
    int acceptNoMore();
}

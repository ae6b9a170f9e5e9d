package io.inmesh.client.pipeline;

/**
 * What a transport knows of one attempt. Moments are nanoseconds of the clock, {@link #NOT_YET} for what has not happened; texts are empty
 * and numbers -1 where they are not known. Read by the call's thread and, for a body, whichever thread reads it.
 */
public interface AttemptProgress {

    long NOT_YET = Long.MIN_VALUE;

    /** Of a transport that tells nothing. */
    AttemptProgress UNKNOWN = new AttemptProgress() {};

    /** A connection is being opened for it. */
    default long connectStarted() {
        return NOT_YET;
    }

    /** TCP is there, the handshake begins. */
    default long tlsStarted() {
        return NOT_YET;
    }

    /** The handshake is over. */
    default long tlsEnded() {
        return NOT_YET;
    }

    /** It has a connection. */
    default long connected() {
        return NOT_YET;
    }

    /** The first byte of the answer. */
    default long firstByte() {
        return NOT_YET;
    }

    /** Of the request's body. */
    default long requestBytes() {
        return -1;
    }

    /** Of the response's body, so far. */
    default long responseBytes() {
        return -1;
    }

    /** As an access log writes it, such as {@code HTTP/1.1}. */
    default String protocol() {
        return "";
    }

    /** Our own end of the connection. */
    default String localAddress() {
        return "";
    }
}

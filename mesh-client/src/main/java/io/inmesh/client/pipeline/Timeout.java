package io.inmesh.client.pipeline;

/** Which of a route's timers ended an attempt or a call. */
enum Timeout {
    NONE,
    /** The attempt's. */
    PER_TRY,
    /** Nothing has moved in the attempt for too long. */
    PER_TRY_IDLE,
    /** The route's. */
    GLOBAL,
    /** The whole life of the call. */
    STREAM,
    /** Nothing has moved for too long. */
    IDLE;

    /** Whether it is one of the router, which blames the host; the others are of the call as a whole. */
    boolean ofRouter() {
        return ofAttempt() || this == GLOBAL;
    }

    /** Whether it is one of the attempt, so that another one may follow. */
    boolean ofAttempt() {
        return this == PER_TRY || this == PER_TRY_IDLE;
    }
}

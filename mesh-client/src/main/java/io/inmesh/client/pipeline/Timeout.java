package io.inmesh.client.pipeline;

/** Which of a route's timers ended an attempt or a call. */
enum Timeout {
    NONE,
    /** The attempt's; the only one that another attempt may follow. */
    PER_TRY,
    /** The route's. */
    GLOBAL,
    /** The whole life of the call. */
    STREAM,
    /** Nothing has moved for too long. */
    IDLE;

    /** Whether it is one of the router, which blames the host; the others are of the call as a whole. */
    boolean ofRouter() {
        return this == PER_TRY || this == GLOBAL;
    }
}

package io.inmesh.client.pipeline;

/** Which of a route's timers ended an attempt. */
enum Timeout {
    NONE,
    PER_TRY,
    GLOBAL
}

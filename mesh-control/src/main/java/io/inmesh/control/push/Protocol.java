package io.inmesh.control.push;

/** How a client and the control service talk about what changed. */
public enum Protocol {
    /** Whole sets for clusters and listeners, and requests that name everything that is wanted. */
    STATE_OF_THE_WORLD,
    /** What is new, changed or gone. */
    DELTA,
    /** As delta; virtual hosts and clusters are asked for by name, and nothing else of them is made or sent. */
    ON_DEMAND
}

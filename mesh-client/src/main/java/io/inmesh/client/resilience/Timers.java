package io.inmesh.client.resilience;

/** Where timers are armed. Thread-safe. */
public interface Timers {

    /** Lets a timer expire once, not before an instant of the clock; one that is armed already is moved. */
    void arm(Timer timer, long atNanos);

    /** Calls a timer off. One that is just expiring may still do so. */
    void disarm(Timer timer);
}

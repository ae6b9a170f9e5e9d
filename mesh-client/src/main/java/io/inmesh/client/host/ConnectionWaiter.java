package io.inmesh.client.host;

/** A request that waits until a connection to its host is free or may be opened. */
public interface ConnectionWaiter {

    /** The host that was picked for it. */
    Host host();

    /** Its turn has come; called without any lock held. */
    void granted();
}

package io.inmesh.xds.state;

/**
 * A source that brings hosts when somebody calls them. Thread-safe; {@link #known} is asked with each call and must cost next to nothing.
 */
public interface HostDemand {

    /**
     * Whether calls of a host can be decided on now: its routes are there, or it is known that there are none.
     *
     * @param port that is called
     * @param authority as the caller writes it, with or without the port
     */
    boolean known(int port, String authority);

    /** Asks for a host and waits, bounded by the source, until it is known or the source gives up for now. */
    void await(int port, String authority) throws InterruptedException;
}

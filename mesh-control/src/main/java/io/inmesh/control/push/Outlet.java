package io.inmesh.control.push;

import io.inmesh.xds.wire.Message;

/** Where a stream's answers go: the transport without its technology. Called by one thread at a time. */
public interface Outlet {

    /** Whether the client reads fast enough for one more answer; when it does again, the stream is told. */
    boolean ready();

    /** Sends a DiscoveryResponse. */
    void send(Message response);
}

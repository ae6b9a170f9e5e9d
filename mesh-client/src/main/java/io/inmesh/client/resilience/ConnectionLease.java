package io.inmesh.client.resilience;

import io.inmesh.client.host.Host;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection as its cluster counts it. Thread-safe. */
public final class ConnectionLease implements AutoCloseable {

    private final Admission admission;
    private final Host host;
    private final AtomicBoolean closed = new AtomicBoolean();

    ConnectionLease(Admission admission, Host host) {
        this.admission = admission;
        this.host = host;
    }

    /** The connection is closed or could not be opened; whoever waits for room may open one. Further calls change nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            host.connectionClosed();
            admission.wake();
        }
    }
}

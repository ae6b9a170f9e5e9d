package io.inmesh.conformance.side;

import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.conformance.http.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Deque;

/** A connection that one attempt uses, and the list of idle ones that it returns to. */
final class Lease {

    private final Connection connection;
    private final ConnectionLease counted;
    private final Deque<Lease> idle;

    Lease(Connection connection, ConnectionLease counted, Deque<Lease> idle) {
        this.connection = connection;
        this.counted = counted;
        this.idle = idle;
    }

    Connection connection() {
        return connection;
    }

    void giveBack() {
        if (connection.reusable()) {
            idle.push(this);
        } else {
            close();
        }
    }

    void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            counted.close();
        }
    }
}

package io.inmesh.conformance.http;

import java.io.IOException;

/** The peer gave up a stream, and not its connection. */
public final class StreamReset extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean refused;

    StreamReset(boolean refused) {
        this.refused = refused;
    }

    /** Whether it says that it has done nothing about the request. */
    public boolean refused() {
        return refused;
    }
}

package io.inmesh.xds.wire;

import java.io.IOException;

/** Bytes that are not the message they should be, or that go beyond the {@link Limits} of reading. */
public final class MalformedMessageException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}

package io.inmesh.api.error;

import org.jspecify.annotations.Nullable;

/** What would have been a local reply, thrown because the application asked for exceptions. */
public final class LocalReplyException extends MeshException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public LocalReplyException(ResponseFlag flag, int status, String message, @Nullable Throwable cause) {
        super(flag, message, cause);
        this.status = status;
    }

    /** The HTTP status that Envoy would have answered with. */
    public int status() {
        return status;
    }
}

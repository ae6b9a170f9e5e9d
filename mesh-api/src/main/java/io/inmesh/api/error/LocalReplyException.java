package io.inmesh.api.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What would have been a local reply, thrown because the application asked for exceptions. */
public final class LocalReplyException extends MeshException {

    private static final long serialVersionUID = 1L;

    private final int status;
    // A list that is serializable, whatever the caller's was.
    private final String[] attempts;

    /**
     * A reply that was not given.
     *
     * @param attempts each that was made, in words
     */
    public LocalReplyException(
            ResponseFlag flag, int status, String message, List<String> attempts, @Nullable Throwable cause) {
        super(flag, attempts.isEmpty() ? message : message + "; attempts: " + String.join("; ", attempts), cause);
        this.status = status;
        this.attempts = attempts.toArray(new String[0]);
    }

    /** Each attempt that was made, in order: number, endpoint, cluster, what came of it, and where its time went. */
    public List<String> attempts() {
        return List.of(attempts);
    }

    /** The HTTP status that Envoy would have answered with. */
    public int status() {
        return status;
    }
}

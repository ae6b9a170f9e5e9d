package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.ResetReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An attempt has no response head, and why. */
public final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ResetReason reason;
    private final String detail;
    private final boolean requestStarted;

    /**
     * Tells the reason.
     *
     * @param detail what Envoy calls the transport failure reason, such as {@code delayed connect error: Connection refused}; may be
     *     empty
     * @param requestStarted some of the request may have gone out
     */
    public TransportException(ResetReason reason, String detail, boolean requestStarted, @Nullable Throwable cause) {
        super(reason.text() + (detail.isEmpty() ? "" : ": " + detail), cause);
        this.reason = reason;
        this.detail = detail;
        this.requestStarted = requestStarted;
    }

    public ResetReason reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }

    public boolean requestStarted() {
        return requestStarted;
    }
}

package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.resilience.ResetReason;
import java.io.IOException;
import java.net.ConnectException;

/** No connection to the endpoint came about, for the reason that Envoy would give. */
final class ConnectFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final ResetReason reason;

    ConnectFailedException(ResetReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    ResetReason reason() {
        return reason;
    }

    /** What the JDK or the trust decision said; Envoy's transport failure reason. Nobody said anything when time ran out. */
    String detail() {
        if (reason == ResetReason.CONNECTION_TIMEOUT) {
            return "";
        }
        Throwable deepest = this;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        // Envoy's sockets never block, so that it hears of a refusal only after connecting, and says so.
        return deepest instanceof ConnectException ? "delayed connect error: " + message : message;
    }
}

package io.inmesh.client.adapter.reactor;

import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ResetReason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;

/** Tells by the types of Netty's exceptions what Envoy would call a broken attempt. */
final class Resets {

    private Resets() {}

    static TransportException ofConnecting(Throwable failure) {
        if (has(failure, ConnectTimeoutException.class) || has(failure, SslHandshakeTimeoutException.class)) {
            return new TransportException(ResetReason.CONNECTION_TIMEOUT, "", false, failure);
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        // Envoy's sockets never block, so that it hears of a refusal only after connecting, and says so.
        String detail = deepest instanceof ConnectException ? "delayed connect error: " + message : message;
        return new TransportException(ResetReason.REMOTE_CONNECTION_FAILURE, detail, false, failure);
    }

    static TransportException ofRequest(Throwable failure, NettyProgress progress, boolean http2) {
        return new TransportException(ofStream(progress, http2), "", true, failure);
    }

    /** The connection's end, or of HTTP/2 the stream's alone. */
    static ResetReason ofStream(NettyProgress progress, boolean http2) {
        return http2 && !progress.connectionLost() ? ResetReason.REMOTE_RESET : ResetReason.CONNECTION_TERMINATION;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}

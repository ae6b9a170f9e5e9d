package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ResetReason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;

/** Tells by the types of OkHttp's exceptions what Envoy would call a broken attempt. */
final class Resets {

    private Resets() {}

    static TransportException ofAttempt(IOException failure, AttemptEvents events) {
        ConnectFailedException connect = connectFailure(failure);
        if (connect != null) {
            return new TransportException(connect.reason(), connect.detail(), false, failure);
        }
        if (failure instanceof ConnectException) {
            // A connection of the application's own, to a host outside the mesh.
            return new TransportException(ResetReason.REMOTE_CONNECTION_FAILURE, "", false, failure);
        }
        if (failure instanceof ConnectionShutdownException) {
            // The peer said goodbye before this request could begin on the connection.
            return new TransportException(ResetReason.CONNECTION_TERMINATION, "", false, failure);
        }
        ResetReason reason = failure instanceof ProtocolException
                ? ResetReason.PROTOCOL_ERROR
                : ofStream(failure, events.connectionLost());
        return new TransportException(reason, "", events.requestStarted(), failure);
    }

    /**
     * Of a response that breaks off while it is read, or of a request that has no response.
     *
     * @param connectionLost the connection is gone, not the stream alone
     */
    static ResetReason ofStream(IOException failure, boolean connectionLost) {
        if (!(failure instanceof StreamResetException reset)) {
            return ResetReason.CONNECTION_TERMINATION;
        }
        if (reset.errorCode == ErrorCode.REFUSED_STREAM) {
            // The peer said so, by a reset or by going away, whatever became of the connection then.
            return ResetReason.REMOTE_REFUSED_STREAM_RESET;
        }
        return connectionLost ? ResetReason.CONNECTION_TERMINATION : ResetReason.REMOTE_RESET;
    }

    private static @Nullable ConnectFailedException connectFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectFailedException connect) {
                return connect;
            }
        }
        return null;
    }
}

package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ResetReason;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;

/** Tells by the types of OkHttp's exceptions what Envoy would call a broken attempt. */
final class Resets {

    private Resets() {}

    static TransportException of(IOException failure, boolean requestStarted) {
        ConnectFailedException connect = connectFailure(failure);
        if (connect != null) {
            return new TransportException(connect.reason(), connect.detail(), false, failure);
        }
        if (failure instanceof ConnectionShutdownException) {
            // The peer said goodbye before this request could begin on the connection.
            return new TransportException(ResetReason.CONNECTION_TERMINATION, "", false, failure);
        }
        return new TransportException(reason(failure), "", requestStarted, failure);
    }

    /** Of an attempt, or of a response that breaks off while it is read. */
    static ResetReason reason(IOException failure) {
        if (failure instanceof StreamResetException reset) {
            return reset.errorCode == ErrorCode.REFUSED_STREAM
                    ? ResetReason.REMOTE_REFUSED_STREAM_RESET
                    : ResetReason.REMOTE_RESET;
        }
        return failure instanceof ProtocolException ? ResetReason.PROTOCOL_ERROR : ResetReason.CONNECTION_TERMINATION;
    }

    private static @org.jspecify.annotations.Nullable ConnectFailedException connectFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectFailedException connect) {
                return connect;
            }
        }
        return null;
    }
}

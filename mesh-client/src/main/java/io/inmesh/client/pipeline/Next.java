package io.inmesh.client.pipeline;

/** What a driver has to do before the call goes on. */
public enum Next {
    /** Nothing: the next step follows. Drivers never see this. */
    CONTINUE,
    /** Wait for {@link OutboundCall#pauseNanos()}, then {@link OutboundCall#resumed()}. */
    PAUSE,
    /** Wait until {@link OutboundCall#connectionGranted()} says true, then {@link OutboundCall#resumed()}. */
    AWAIT_CONNECTION,
    /** Send {@link OutboundCall#attempt()} and report what came of it. */
    SEND,
    /** Answer with {@link OutboundCall#reply()}; the call has ended. */
    REPLY,
    /** Hand the response of the last attempt to the caller; the call ends with its last byte. */
    DELIVER
}

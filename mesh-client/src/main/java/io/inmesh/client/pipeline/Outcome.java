package io.inmesh.client.pipeline;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.resilience.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt: an answer's head, or the reason why there is none.
 *
 * @param head null unless there was an answer
 * @param reset null if there was an answer; a per-try timeout is a local reset
 * @param detail what the transport says to it, such as {@code delayed connect error: Connection refused}; may be empty
 * @param requestStarted some of the request went out
 * @param timeout which timer expired, if one did
 */
record Outcome(
        @Nullable MeshResponse head,
        @Nullable ResetReason reset,
        String detail,
        boolean requestStarted,
        Timeout timeout) {

    enum Timeout {
        NONE,
        PER_TRY,
        GLOBAL
    }

    static Outcome answered(MeshResponse head) {
        return new Outcome(head, null, "", true, Timeout.NONE);
    }

    static Outcome reset(ResetReason reason, String detail, boolean requestStarted) {
        return new Outcome(null, reason, detail, requestStarted, Timeout.NONE);
    }

    static Outcome timedOut(Timeout timeout, boolean requestStarted) {
        return new Outcome(null, ResetReason.LOCAL_RESET, "", requestStarted, timeout);
    }
}

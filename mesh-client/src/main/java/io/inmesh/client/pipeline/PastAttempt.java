package io.inmesh.client.pipeline;

import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.host.Host;
import io.inmesh.client.resilience.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was followed by another: the ledger's line. Immutable; the first attempt of a call that is answered at once needs none.
 *
 * @param status of its answer; 0 if it had none
 * @param reset why it had none
 * @param timedOut its per-try timer expired
 * @param earlier the one before it
 */
record PastAttempt(
        int number,
        Endpoint endpoint,
        int status,
        @Nullable ResetReason reset,
        boolean timedOut,
        long startNanos,
        long endNanos,
        @Nullable PastAttempt earlier) {

    static boolean tried(@Nullable PastAttempt last, Host host) {
        for (PastAttempt past = last; past != null; past = past.earlier) {
            if (past.endpoint.host().equals(host)) {
                return true;
            }
        }
        return false;
    }
}

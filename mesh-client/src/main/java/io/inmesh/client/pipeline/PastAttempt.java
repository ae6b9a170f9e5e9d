package io.inmesh.client.pipeline;

import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.AttemptReport.Phases;
import io.inmesh.client.balance.Endpoint;
import io.inmesh.client.host.Host;
import io.inmesh.client.resilience.ResetReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was followed by another: the ledger's line. Immutable; the first attempt of a call that is answered at once needs none.
 *
 * @param status of its answer; 0 if it had none
 * @param reset why it had none
 * @param timeout of its timers which expired
 * @param cluster that it went to
 * @param phases where its time went
 * @param earlier the one before it
 */
record PastAttempt(
        int number,
        String cluster,
        Endpoint endpoint,
        int status,
        @Nullable ResetReason reset,
        Timeout timeout,
        long startNanos,
        long endNanos,
        Phases phases,
        @Nullable PastAttempt earlier) {

    AttemptReport report() {
        return new AttemptReport(
                number,
                cluster,
                endpoint.host().address(),
                status,
                reset == null ? null : Ledger.flag(timeout, reset),
                reset == null ? "" : Ledger.cause(timeout, reset),
                true,
                Duration.ofNanos(endNanos - startNanos),
                phases);
    }

    static boolean tried(@Nullable PastAttempt last, Host host) {
        for (PastAttempt past = last; past != null; past = past.earlier) {
            if (past.endpoint.host().equals(host)) {
                return true;
            }
        }
        return false;
    }
}

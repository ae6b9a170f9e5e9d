package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.RetryState;
import io.inmesh.client.resilience.RetryState.Decision;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** After an attempt: another one, or its answer, or the local reply that tells why there is none. */
final class DecideRetry implements Step {

    private final RandomGenerator chance;
    private final MeshClock clock;

    DecideRetry(RandomGenerator chance, MeshClock clock) {
        this.chance = chance;
        this.clock = clock;
    }

    @Override
    public Next run(OutboundCall call) {
        Outcome outcome = Objects.requireNonNull(call.outcome, "outcome");
        Decision decision = decide(call, outcome);
        boolean again = decision == Decision.RETRY;
        Reports.attemptEnded(call, outcome, again, clock.nanoTime());
        if (again) {
            return tryAgain(call);
        }
        if (decision == Decision.LIMIT_EXCEEDED) {
            call.flags.add(ResponseFlag.URX);
        } else if (decision == Decision.OVERFLOW) {
            call.flags.add(ResponseFlag.UO);
        }
        if (outcome.head() != null) {
            endRetries(call);
            return Next.DELIVER;
        }
        call.replied(LocalReplies.failure(call, outcome));
        return Next.REPLY;
    }

    private static Decision decide(OutboundCall call, Outcome outcome) {
        RetryState retries = call.retries;
        boolean spent = outcome.requestStarted() && !call.request.replayable();
        if (retries == null || spent || outcome.timeout() == Outcome.Timeout.GLOBAL) {
            return Decision.NO;
        }
        Admission admission = Objects.requireNonNull(call.cluster, "cluster")
                .admission(call.forward != null && call.forward.highPriority());
        MeshResponse head = outcome.head();
        return head != null
                ? retries.onHead(head, admission)
                : retries.onReset(
                        Objects.requireNonNullElse(outcome.reset(), ResetReason.LOCAL_RESET),
                        outcome.requestStarted(),
                        admission);
    }

    private Next tryAgain(OutboundCall call) {
        call.attempt().release();
        call.pauseNanos = TimeUnit.MILLISECONDS.toNanos(
                Objects.requireNonNull(call.retries, "retries").backOffMillis(chance));
        call.nextStep = OutboundPipeline.FIRST_OF_ATTEMPT;
        return Next.PAUSE;
    }

    // The place among the cluster's retries becomes free with the answer's head, not with its last byte.
    private static void endRetries(OutboundCall call) {
        if (call.retries != null) {
            call.retries.end();
        }
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.http.MeshResponse;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.host.ClusterStat;
import io.inmesh.client.resilience.Admission;
import io.inmesh.client.resilience.BackOff;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.resilience.RetryConditions;
import io.inmesh.client.resilience.RetryPolicy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** After an attempt: another one, or its answer, or the local reply that tells why there is none. */
final class DecideRetry implements Step {

    /** RFC 9110, 9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private final RandomGenerator chance;
    private final boolean safety;

    DecideRetry(RandomGenerator chance, BeyondEnvoy beyond) {
        this.chance = chance;
        this.safety = beyond.retrySafety();
    }

    @Override
    public Next run(OutboundCall call) {
        giveBackRetry(call);
        if (call.head == null) {
            Charge.unanswered(call);
        }
        boolean again = wants(call) && mayRepeat(call);
        Reports.attemptEnded(call, again);
        if (again) {
            Charge.count(call, ClusterStat.RQ_RETRY);
            return tryAgain(call);
        }
        MeshResponse head = call.head;
        if (head != null) {
            Charge.answered(call, head.status());
            return Next.DELIVER;
        }
        call.replied(LocalReplies.failure(call));
        Charge.answered(call, call.reply().status());
        return Next.REPLY;
    }

    private boolean wants(OutboundCall call) {
        boolean repeats = repeats(call);
        if (!repeats && call.past != null && call.timeout != Timeout.GLOBAL) {
            // As in Envoy: whatever ends the repeating without being worth another repetition.
            Charge.count(call, ClusterStat.RQ_RETRY_SUCCESS);
        }
        return repeats;
    }

    private boolean repeats(OutboundCall call) {
        boolean spent = call.requestStarted && !call.request.replayable();
        if (!call.retries || spent || (call.timeout != Timeout.NONE && !call.timeout.ofAttempt())) {
            return false;
        }
        MeshResponse head = call.head;
        return head != null
                ? RetryConditions.repeats(policy(call), call.request, head)
                : RetryConditions.repeats(policy(call), reason(call), call.requestStarted) || broken(call);
    }

    /** Beyond Envoy: the connection broke under a request that may be made twice, whatever the route's conditions. */
    private boolean broken(OutboundCall call) {
        return safety
                && call.timeout == Timeout.NONE
                && call.reset != ResetReason.OVERFLOW
                && IDEMPOTENT.contains(call.request.method());
    }

    /** The outcome is one to repeat: unless the policy's number is used up (URX), or the cluster has as many retries as it may (UO). */
    private boolean mayRepeat(OutboundCall call) {
        if (call.attempts > policy(call).numRetries()) {
            call.flag(ResponseFlag.URX);
            Charge.count(call, ClusterStat.RQ_RETRY_LIMIT_EXCEEDED);
            return false;
        }
        if (!affordable(call) || !admission(call).tryRetry()) {
            call.flag(ResponseFlag.UO);
            Charge.count(call, ClusterStat.RQ_RETRY_OVERFLOW);
            return false;
        }
        call.holdsRetry = true;
        return true;
    }

    private boolean affordable(OutboundCall call) {
        return !safety
                || admission(call).thresholds().retryBudget() != null
                || call.cluster().state().retryTokens().spend();
    }

    private Next tryAgain(OutboundCall call) {
        MeshResponse head = call.head;
        call.past = new PastAttempt(
                call.attempts,
                call.cluster().name(),
                call.endpoint(),
                head == null ? 0 : head.status(),
                call.reset,
                call.timeout,
                call.attemptNanos,
                call.nowNanos,
                Ledger.phases(call),
                call.past);
        TriedPriorities.add(call, policy(call).hosts());
        call.progress = AttemptProgress.UNKNOWN;
        call.release();
        call.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis(call, head));
        call.nextStep = OutboundPipeline.FIRST_OF_ATTEMPT;
        return Next.PAUSE;
    }

    private long pauseMillis(OutboundCall call, @Nullable MeshResponse head) {
        if (head != null && RetryConditions.atOnce(policy(call), head)) {
            return 0;
        }
        MeshClock clock = call.pipeline.clock();
        BackOff backOff = policy(call).backOff();
        Charge.count(
                call,
                backOff.asksToWait(head, clock)
                        ? ClusterStat.RQ_RETRY_BACKOFF_RATELIMITED
                        : ClusterStat.RQ_RETRY_BACKOFF_EXPONENTIAL);
        return backOff.millis(call.attempts, head, clock, chance);
    }

    /** The place among the cluster's retries becomes free with the answer's head, not with its last byte. */
    static void giveBackRetry(OutboundCall call) {
        if (call.holdsRetry) {
            call.holdsRetry = false;
            admission(call).retryEnded();
        }
    }

    private static RetryPolicy policy(OutboundCall call) {
        return call.forward == null ? RetryPolicy.NONE : call.forward.retry();
    }

    private static Admission admission(OutboundCall call) {
        return call.cluster().admission(call.forward != null && call.forward.highPriority());
    }

    private static ResetReason reason(OutboundCall call) {
        return Objects.requireNonNullElse(call.reset, ResetReason.LOCAL_RESET);
    }
}

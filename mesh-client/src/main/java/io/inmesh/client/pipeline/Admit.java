package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.ResetReason;

/** Asks the cluster's circuit breakers. Above a threshold the attempt is reset before it began, which is never repeated. */
final class Admit implements Step {

    @Override
    public Next run(OutboundCall call) {
        Attempt attempt = call.attempt();
        attempt.enter(call.forward != null && call.forward.highPriority());
        return attempt.waiting() ? Next.AWAIT_CONNECTION : Next.CONTINUE;
    }

    static Next overflow(OutboundCall call) {
        call.outcome = Outcome.reset(ResetReason.OVERFLOW, "", false);
        call.nextStep = OutboundPipeline.AFTER_SEND;
        return Next.CONTINUE;
    }
}

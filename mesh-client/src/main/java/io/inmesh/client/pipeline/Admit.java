package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.Permit;
import io.inmesh.client.resilience.ResetReason;

/** Asks the cluster's circuit breakers. Above a threshold the attempt is reset before it began, which is never repeated. */
final class Admit implements Step {

    @Override
    public Next run(OutboundCall call) {
        boolean highPriority = call.forward != null && call.forward.highPriority();
        call.cluster().admission(highPriority).enter(call, call.endpoint().host(), streams(call));
        return call.permitState() == Permit.State.WAITING ? Next.AWAIT_CONNECTION : Next.CONTINUE;
    }

    private static int streams(OutboundCall call) {
        return call.multiplexed() ? call.cluster().maxConcurrentStreams() : 1;
    }

    static Next overflow(OutboundCall call) {
        call.noAnswer(ResetReason.OVERFLOW, "", false, Timeout.NONE);
        call.nextStep = OutboundPipeline.AFTER_SEND;
        return Next.CONTINUE;
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.FaultPolicy;
import java.util.random.RandomGenerator;

/** Answers in the upstream's place if the route says so and chance agrees; also after a delay. */
final class AbortByFault implements Step {

    private final RandomGenerator chance;

    AbortByFault(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public Next run(OutboundCall call) {
        FaultPolicy fault = DelayByFault.faultOf(call);
        FaultPolicy.Answer answer = fault == null ? null : fault.drawAbort(call.request, chance);
        if (fault == null || answer == null || !call.faultBegins(fault)) {
            return Next.CONTINUE;
        }
        call.replied(LocalReplies.faultAbort(call.request, answer.status(), answer.grpcStatus()));
        return Next.REPLY;
    }
}

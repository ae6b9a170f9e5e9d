package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.client.resilience.FaultPolicy;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Holds a request back if its route says so and chance agrees. */
final class DelayByFault implements Step {

    private final RandomGenerator chance;

    DelayByFault(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public Next run(OutboundCall call) {
        FaultPolicy fault = faultOf(call);
        long delay = fault == null ? 0 : fault.drawDelayNanos(call.request, chance);
        if (fault == null || delay == 0 || !call.faultBegins(fault)) {
            return Next.CONTINUE;
        }
        call.flag(ResponseFlag.DI);
        call.pauseNanos = delay;
        return Next.PAUSE;
    }

    static @Nullable FaultPolicy faultOf(OutboundCall call) {
        FaultPolicy fault = call.share != null ? call.share.fault() : call.route == null ? null : call.route.fault();
        String cluster = call.share == null ? "" : call.share.cluster();
        return fault != null && fault.covers(call.request, cluster) ? fault : null;
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.client.resilience.Permit;

/** Hands the attempt to the driver, unless there turned out to be no room for it. */
final class Send implements Step {

    @Override
    public Next run(OutboundCall call) {
        if (call.permitState() == Permit.State.OVERFLOW) {
            return Admit.overflow(call);
        }
        return Next.SEND;
    }
}

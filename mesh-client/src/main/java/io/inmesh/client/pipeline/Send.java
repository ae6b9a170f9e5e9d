package io.inmesh.client.pipeline;

/** Hands the attempt to the driver, unless there turned out to be no room for it. */
final class Send implements Step {

    @Override
    public Next run(OutboundCall call) {
        Attempt attempt = call.attempt();
        if (attempt.overflowed()) {
            return Admit.overflow(call);
        }
        attempt.endpoint().host().countRequest();
        return Next.SEND;
    }
}

package io.inmesh.client.pipeline;

import io.inmesh.client.route.MirrorPolicy;
import io.inmesh.client.route.RouteTarget;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sends copies of a request to whom its route names, once, when the request itself has somewhere to go. */
final class SendCopies implements Step {

    private final RandomGenerator chance;

    SendCopies(RandomGenerator chance) {
        this.chance = chance;
    }

    @Override
    public Next run(OutboundCall call) {
        RouteTarget.Forward forward = call.forward;
        if (forward != null && call.attempts == 1 && !forward.mirrors().isEmpty()) {
            send(call, forward.mirrors());
        }
        return Next.CONTINUE;
    }

    private void send(OutboundCall call, List<MirrorPolicy> mirrors) {
        for (MirrorPolicy mirror : mirrors) {
            boolean known = call.snapshot.cluster(mirror.cluster()) != null;
            if (known && mirror.share().covers(chance)) {
                call.sendCopy(mirror);
            }
        }
    }
}

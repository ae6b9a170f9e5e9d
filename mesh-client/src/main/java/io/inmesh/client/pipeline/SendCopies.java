package io.inmesh.client.pipeline;

import io.inmesh.client.route.ClusterChoice;
import io.inmesh.client.route.HeaderEdits;
import io.inmesh.client.route.MirrorPolicy;
import io.inmesh.client.route.RouteTarget;
import java.util.List;
import java.util.Objects;
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

    /** Makes a call that has not begun a copy of another one, which has chosen its route and endpoint; it begins where attempts do. */
    static void begin(OutboundCall copy, OutboundCall original, MirrorPolicy mirror) {
        RouteTarget.Forward forward =
                Objects.requireNonNull(original.forward, "forward").ofCopy();
        HeaderEdits edits = original.share == null ? HeaderEdits.NONE : original.share.requestHeaders();
        copy.original = original;
        copy.raw = original.raw;
        copy.snapshot = original.snapshot;
        copy.random = original.random;
        copy.route = original.route;
        copy.forward = forward;
        copy.share = new ClusterChoice.Share(
                mirror.cluster(), 1, edits, HeaderEdits.NONE, mirror.authority(original.authority()), null);
        copy.cluster = original.snapshot.cluster(mirror.cluster());
        copy.timeouts = forward.timeouts();
        copy.nextStep = OutboundPipeline.FIRST_OF_ATTEMPT;
        copy.startNanos = copy.pipeline.clock().nanoTime();
        copy.routerNanos = copy.startNanos;
        copy.nowNanos = copy.startNanos;
        CallLimits.startRoute(copy, copy.startNanos);
        copy.moved();
    }
}
